package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A product as the build has materialised it for this machine.
 *
 * @param folder where its {@code plugins} and {@code bin} folders are
 */
record Product(Path folder) {

    static Product named(String name) throws IOException {
        Path products = repository().resolve("releng").resolve(name).resolve("target/products");
        if (Files.isDirectory(products)) {
            try (Stream<Path> folders = Files.walk(products, 7)) {
                return folders.filter(folder -> isProduct(folder) && folder.toString().contains(environment()))
                        .findFirst()
                        .map(Product::new)
                        .orElseGet(() -> missing(products));
            }
        }
        return missing(products);
    }

    /** The clone that these tests are part of. */
    static Path repository() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("target-platform/holdfast.target"))) {
            root = root.getParent();
        }
        return root;
    }

    /** For macOS the build wraps a product like an application. */
    static boolean isProduct(Path folder) {
        return (folder.endsWith("holdfast") || folder.endsWith("holdfast.app/Contents/Eclipse"))
                && Files.isDirectory(folder.resolve("plugins"));
    }

    private static Product missing(Path products) {
        return fail("There is no product for " + environment() + " in " + products + "; it is built before the tests");
    }

    private static String environment() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        if (os.startsWith("mac")) {
            return "macosx/cocoa/" + arch;
        }
        return (os.startsWith("windows") ? "win32/win32/" : "linux/gtk/") + arch;
    }

    /** The bundles, sorted by file name. */
    List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("plugins"))) {
            return files.filter(file -> file.toString().endsWith(".jar")
                    || Files.exists(file.resolve("META-INF/MANIFEST.MF"))).sorted().toList();
        }
    }

    Path launcher() throws IOException {
        return bundles().stream()
                .filter(file -> file.getFileName().toString().startsWith("org.eclipse.equinox.launcher_"))
                .findFirst()
                .orElseThrow();
    }

    Path script(String name) {
        return folder.resolve("bin").resolve(name);
    }
}
