package org.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A temporary directory for one test, removed on close whatever is in it (JUnit's own cannot remove names that are no
 * text, nor paths that are too long for one call).
 */
public final class TempTree implements AutoCloseable {
    private final Path path;

    /** Makes an empty directory where temporary files are kept. */
    public TempTree() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Makes an empty directory in another one. */
    public TempTree(Path parent) {
        try {
            path = Files.createTempDirectory(parent, "holdfast-test").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory, absolute and without links. */
    public Path path() {
        return path;
    }

    /** A path below. */
    public Path resolve(String relative) {
        return path.resolve(relative);
    }

    /** One in memory where this system has a place for that, for tests that make very many entries. */
    public static TempTree inMemory() {
        Path memory = Path.of("/dev/shm");
        return Files.isDirectory(memory) && Files.isWritable(memory) ? new TempTree(memory) : new TempTree();
    }

    /** Whether {@link TortureTree} and {@link TreeCompare} work on this machine. */
    public static boolean isLinux() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    @Override
    public void close() {
        try {
            if (isLinux()) {
                TortureTree.delete(path);
                return;
            }
            try (var all = Files.walk(path)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
