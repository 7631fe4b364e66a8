package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products for systems that the tests do not run on have what they need to start there, and nothing for others. */
class EnvironmentsTest {

    private static final String SWT = "org.eclipse.swt.";
    private static final List<String> ALL = List.of("linux/gtk/aarch64", "linux/gtk/x86_64", "macosx/cocoa/aarch64",
            "macosx/cocoa/x86_64", "win32/win32/aarch64", "win32/win32/x86_64");

    @ParameterizedTest
    @CsvSource({ "cli, holdfast, org.holdfast.cli_", "console, holdfast-console, org.holdfast.console.app_",
            "vault, holdfast-vault, org.holdfast.vault.http_", "agent, holdfast-agent, org.holdfast.agent_" })
    void everyProductHasItsScriptsAndItsWidgets(String name, String script, String bundle) throws IOException {
        Map<String, Product> products = products(name);
        // A build for this machine alone makes one product, the whole build makes them all.
        if (products.size() != 1) {
            assertEquals(ALL, List.copyOf(products.keySet()));
        }
        for (var entry : products.entrySet()) {
            String environment = entry.getKey();
            Product product = entry.getValue();
            List<String> names = product.bundles().stream().map(file -> file.getFileName().toString()).toList();
            String[] parts = environment.split("/");
            List<String> widgets = name.equals("console")
                    ? List.of(SWT + parts[1] + "." + parts[0] + "." + parts[2])
                    : List.of();
            assertEquals(widgets, names.stream().filter(file -> file.startsWith(SWT)).map(EnvironmentsTest::nameOf)
                    .filter(file -> file.matches(".*\\.(gtk|win32|cocoa)\\..*")).toList(), environment);
            assertTrue(names.stream().anyMatch(file -> file.startsWith(bundle)), environment + ": " + names);
            assertTrue(Files.isExecutable(product.script(script)), environment + ": " + script);
            String command = Files.readString(product.script(script + ".cmd"));
            assertTrue(command.contains("\r\n"), environment + ": the command file for Windows has its line ends");
        }
    }

    private static Map<String, Product> products(String name) throws IOException {
        Path root = Product.repository().resolve("releng").resolve(name).resolve("target/products");
        Map<String, Product> products = new TreeMap<>();
        try (Stream<Path> folders = Files.walk(root, 7)) {
            folders.filter(Product::isProduct)
                    .forEach(folder -> products.put(root.relativize(folder).subpath(1, 4).toString(),
                            new Product(folder)));
        }
        return products;
    }

    private static String nameOf(String file) {
        return file.substring(0, file.indexOf('_', file.indexOf("x86_64") + "x86_64".length()));
    }
}
