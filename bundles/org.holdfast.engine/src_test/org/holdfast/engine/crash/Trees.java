package org.holdfast.engine.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Trees that change, and what tells two of them apart. */
final class Trees {
    private static final int DIRECTORIES = 6;
    private static final int FILES = 10;

    private Trees() {
    }

    /** Writes, changes and removes some files, among them a larger one. */
    static void change(Path root, Random random) throws IOException {
        for (int i = 0; i < 12; i++) {
            Path directory = Files.createDirectories(root.resolve("d" + random.nextInt(DIRECTORIES)));
            Path file = directory.resolve("f" + random.nextInt(FILES));
            if (random.nextInt(6) == 0) {
                Files.deleteIfExists(file);
            } else {
                write(file, random, random.nextInt(3) == 0 ? random.nextInt(200) : random.nextInt(60_000));
            }
        }
        write(root.resolve("large"), random, 600_000 + random.nextInt(600_000));
    }

    /** Writes random bytes. */
    static void write(Path file, Random random, int length) throws IOException {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        Files.write(file, bytes);
    }

    /** SHA-256 of all paths below a directory, their kinds, modification times and contents. */
    static String digest(Path root) throws IOException {
        MessageDigest digest = sha256();
        List<Path> paths;
        try (var all = Files.walk(root)) {
            paths = all.sorted().toList();
        }
        for (Path path : paths) {
            boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            digest.update((byte) (file ? 'f' : 'd'));
            part(digest, root.relativize(path).toString().getBytes(StandardCharsets.UTF_8));
            part(digest, Files.getLastModifiedTime(path).toString().getBytes(StandardCharsets.US_ASCII));
            part(digest, file ? Files.readAllBytes(path) : new byte[0]);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void part(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
