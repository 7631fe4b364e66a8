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

    /** Makes an empty directory. */
    public TempTree() {
        try {
            path = Files.createTempDirectory("holdfast-test").toRealPath();
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
