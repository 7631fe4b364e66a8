package org.holdfast.architecture.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A bundle's folder: its manifest and its sources.
 *
 * @param rawManifest the manifest's text, because {@link Manifest} hides a header that is written twice
 */
record Bundle(Path folder, String name, Attributes manifest, String rawManifest, List<SourceFile> sources,
        List<SourceFile> tests) {

    private static final String PREFIX = "org.holdfast.";

    static Bundle read(Path folder) {
        Path file = folder.resolve("META-INF/MANIFEST.MF");
        try (InputStream in = Files.newInputStream(file)) {
            Attributes attributes = new Manifest(in).getMainAttributes();
            String name = Header.parse(attributes.getValue("Bundle-SymbolicName")).getFirst().name();
            return new Bundle(folder, name, attributes, Files.readString(file), javaFiles(folder, "src"),
                    javaFiles(folder, "src_test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SourceFile> javaFiles(Path folder, String root) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        if (Files.isDirectory(folder.resolve(root))) {
            try (Stream<Path> walk = Files.walk(folder.resolve(root))) {
                for (Path file : walk.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                    String path = folder.relativize(file).toString().replace('\\', '/');
                    files.add(SourceFile.of(path, Files.readString(file)));
                }
            }
        }
        return List.copyOf(files);
    }

    /** The name without the project's prefix, for example {@code console.ui}. */
    String shortName() {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /** Whether it has no code of ours, only libraries of others in its {@code lib} folder. */
    boolean isLibraries() {
        return shortName().equals("azure.sdk");
    }

    /** Whether it has no code, only the texts of a bundle of others in another language. */
    boolean isTranslation() {
        return shortName().startsWith("console.nl.");
    }

    boolean isConsole() {
        return shortName().startsWith("console.");
    }

    List<Header> header(String header) {
        return Header.parse(manifest.getValue(header));
    }

    List<String> importedPackages() {
        return header("Import-Package").stream().flatMap(clause -> clause.names().stream()).toList();
    }

    List<String> requiredBundles() {
        return header("Require-Bundle").stream().map(Header::name).toList();
    }

    List<String> exportedPackages() {
        return header("Export-Package").stream().flatMap(clause -> clause.names().stream()).toList();
    }
}
