package org.holdfast.architecture.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small repositories that break a rule on purpose. */
record Fixture(Path root) {

    Fixture bundle(String name, String... headers) throws IOException {
        StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\nBundle-SymbolicName: " + name + "\n");
        for (String header : headers) {
            manifest.append(header).append('\n');
        }
        return file("bundles/" + name + "/META-INF/MANIFEST.MF", manifest.toString());
    }

    Fixture file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Tree tree() {
        return Tree.read(root);
    }
}
