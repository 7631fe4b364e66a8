package org.holdfast.architecture.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a feature contains. */
final class Features {

    private static final Pattern PLUGIN = Pattern.compile("<plugin\\s[^>]*?id=\"([^\"]+)\"");

    private Features() {
    }

    /** The bundles a feature names; empty when there is no such feature. */
    static List<String> plugins(Tree tree, String feature) {
        Path file = tree.root().resolve("features").resolve(feature).resolve("feature.xml");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return PLUGIN.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
