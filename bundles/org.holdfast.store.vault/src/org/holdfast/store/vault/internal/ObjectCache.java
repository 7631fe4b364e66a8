package org.holdfast.store.vault.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Immutable objects on disk, as they are in the vault: sealed. Only objects whose name has the SHA-256 of their bytes,
 * which is compared at each use, so that damage and meddling cost a fetch and nothing else. Bounded; what was used
 * longest ago goes first. Several processes may use one folder.
 */
final class ObjectCache {
    private static final Pattern KEPT = Pattern.compile("index/(data|meta)-[0-9a-f]{64}|points/[0-9a-f]{64}");
    private static final int HASH_CHARS = 64;

    private final Path folder;
    private final long limit;

    /** @param limit bytes */
    ObjectCache(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Whether objects of that name are kept. */
    boolean keeps(String name) {
        return limit > 0 && KEPT.matcher(name).matches();
    }

    private Path file(String name) {
        return folder.resolve(name.replace('/', '-'));
    }

    /** The bytes of an object, null when they are not here. */
    byte @Nullable [] get(String name, int most) {
        Path file = file(name);
        try {
            if (!Files.exists(file) || Files.size(file) > most) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!matches(name, bytes)) {
                Files.deleteIfExists(file);
                return null;
            }
            return bytes;
        } catch (IOException e) {
            // A cache that cannot be read is no cache.
            return null;
        }
    }

    private static boolean matches(String name, byte[] bytes) {
        try {
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return hash.equals(name.substring(name.length() - HASH_CHARS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Keeps an object. */
    void put(String name, byte[] bytes) {
        if (bytes.length > limit / 4 || !matches(name, bytes)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "new", ".part");
            try {
                Files.write(part, bytes);
                Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // Then it is fetched again the next time.
            return;
        }
    }

    /** Forgets an object. */
    void drop(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            // It stays readable here for a while, which is allowed.
            return;
        }
    }

    /** Takes down that an object is still of use. */
    void used(String name, Instant now) {
        try {
            Files.setLastModifiedTime(file(name), FileTime.from(now));
        } catch (IOException e) {
            // It may go a little too early then.
            return;
        }
    }

    /** Forgets objects of a kind that the vault does not have any more. */
    void keepOnly(String prefix, Set<String> names) {
        String begin = prefix.replace('/', '-');
        for (Path file : files()) {
            String own = String.valueOf(file.getFileName());
            if (own.startsWith(begin) && !names.contains(own)) {
                delete(file);
            }
        }
    }

    /** The name of an object as files here have it. */
    static String fileName(String name) {
        return name.replace('/', '-');
    }

    /** Makes the folder small enough again. */
    void trim() {
        record Kept(Path file, long size, FileTime used) {
        }
        List<Kept> all = new ArrayList<>();
        long sum = 0;
        for (Path file : files()) {
            try {
                var kept = new Kept(file, Files.size(file), Files.getLastModifiedTime(file));
                all.add(kept);
                sum += kept.size();
            } catch (IOException e) {
                // Gone meanwhile.
                continue;
            }
        }
        all.sort(Comparator.comparing(Kept::used));
        for (Kept kept : all) {
            if (sum <= limit) {
                return;
            }
            delete(kept.file());
            sum -= kept.size();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Tried again the next time.
            return;
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(f -> !f.toString().endsWith(".part")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
