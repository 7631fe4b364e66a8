package org.holdfast.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A small tree that makes every kind of content there is: inlined, one chunk, several chunks, several directories. */
public final class SampleTree {
    private SampleTree() {
    }

    /** Makes it; the same seed gives the same content. */
    public static void create(Path root, int seed) throws IOException {
        var random = new Random(seed);
        for (int d = 0; d < 4; d++) {
            Path directory = Files.createDirectories(root.resolve("d" + d).resolve("below"));
            for (int f = 0; f < 8; f++) {
                write(directory.resolve("small" + f), random, 3000 + random.nextInt(20_000));
                write(directory.getParent().resolve("tiny" + f), random, random.nextInt(400));
            }
        }
        write(root.resolve("large"), random, 3 << 20);
        Files.createFile(root.resolve("empty"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("d0/tiny0"));
    }

    /** Writes random bytes. */
    public static void write(Path file, Random random, int length) throws IOException {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        Files.write(file, bytes);
    }

    /** All regular files below a directory by relative path, with their content. */
    public static Map<String, byte[]> contents(Path root) throws IOException {
        var map = new TreeMap<String, byte[]>();
        if (!Files.exists(root)) {
            return map;
        }
        try (var all = Files.walk(root)) {
            for (Path file : all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
                map.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return map;
    }
}
