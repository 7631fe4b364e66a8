package org.holdfast.architecture.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The repository as the rules see it: the bundles that are shipped and those that are only for tests. */
record Tree(Path root, List<Bundle> bundles, List<Bundle> testBundles) {

    /** Reads the tree that these tests are part of. */
    static Tree thisOne() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("target-platform/holdfast.target"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Not inside a Holdfast repository");
            }
        }
        return read(folder);
    }

    static Tree read(Path root) {
        return new Tree(root, bundlesIn(root.resolve("bundles")), bundlesIn(root.resolve("tests")));
    }

    private static List<Bundle> bundlesIn(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> Files.exists(folder.resolve("META-INF/MANIFEST.MF")))
                    .map(Bundle::read)
                    .sorted(Comparator.comparing(Bundle::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
