package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Somebody else's plug-in, {@code tests/example.plugin}: built by itself against the update site of the console,
 * installed from its own site into the packaged console, seen there, and removed again. What it has for the vault is
 * installed into the packaged vault.
 */
@EnabledOnOs(OS.LINUX)
class ConsolePlugInTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String BUNDLE = "com.example.notes";
    private static final String DIRECTOR = "org.eclipse.equinox.p2.director";
    private static final String SEEN = "seen ";
    private static final String ITEM = "item Write Note...";

    @TempDir
    private static Path source;
    private static String site;

    @TempDir
    private Path folder;
    private int starts;

    @BeforeAll
    static void setUp() throws Exception {
        boolean required = System.getenv("CI") != null;
        assumeTrue(System.getenv("DISPLAY") != null || required, "there is no display");
        assumeTrue(System.getenv("HOLDFAST_MAVEN") != null || required, "HOLDFAST_MAVEN does not name a Maven");
        site = build();
    }

    /** With the libraries of the person's Maven, which the build of the products has filled. */
    private static String build() throws Exception {
        Path original = Product.repository().resolve("tests/example.plugin");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path name = original.relativize(file);
                if (!name.toString().matches("[^/]+/target(/.*)?") && !Files.isDirectory(file)) {
                    Files.createDirectories(source.resolve(name.toString()).getParent());
                    Files.copy(file, source.resolve(name.toString()));
                }
            }
        }
        Path ours = Product.repository().resolve("releng/console/target/repository");
        assertTrue(Files.exists(ours.resolve("p2.index")), "the build makes the update site of the console");
        try (Running maven = Running.start(source, List.of(System.getenv("HOLDFAST_MAVEN"), "-B", "-o", "-ntp",
                "-f", source.resolve("pom.xml").toString(), "package", "-Dholdfast.site=" + ours.toUri()),
                Map.of("HOME", System.getProperty("user.home"), "JDK_JAVA_OPTIONS", "", "MAVEN_CMD_LINE_ARGS", ""))) {
            assertEquals(0, maven.exitCode(PATIENCE), maven::output);
        }
        return source.resolve("com.example.notes.site/target/repository").toUri().toString();
    }

    @Test
    void comesFromItsSiteIsSeenAndGoesAgain() throws Exception {
        Path product = Tour.productWithIt(folder.resolve("product"));
        Map<Path, Long> before = sizes(product);
        List<String> items = seen(product, List.of());

        direct(product, "-repository", site, "-installIU", BUNDLE + ".feature.feature.group");
        List<String> more = new ArrayList<>(seen(product, List.of("seen page com.example.notes.page",
                "seen tile com.example.notes.tile", "seen command com.example.notes.write")));
        assertTrue(more.remove(ITEM), more::toString);
        assertEquals(items, more, "the other menu items are as before");

        direct(product, "-uninstallIU", BUNDLE + ".feature.feature.group");
        assertEquals(items, seen(product, List.of()));
        assertEquals(before, sizes(product), "the product itself was never written to");
    }

    @Test
    void aNotificationTargetComesIntoTheVault() throws Exception {
        Path vault = folder.resolve("vault");
        Tour.copy(Product.named("vault").folder(), vault);
        direct(Product.named("console").folder(), "-destination", vault.toString(), "-profile", "DefaultProfile",
                "-repository", site, "-installIU", BUNDLE + ".vault.feature.feature.group");

        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("storage").toString()));
        framework.init();
        try {
            List<Bundle> bundles = WiringTest.install(new Product(vault), framework.getBundleContext());
            framework.start();
            assertTrue(bundles.stream().anyMatch(bundle -> bundle.getSymbolicName().equals(BUNDLE + ".vault")));
            List<String> targets = Arrays.stream(framework.getBundleContext()
                    .getAllServiceReferences("org.holdfast.api.spi.notify.NotificationTarget", null))
                    .map(reference -> reference.getBundle().getSymbolicName()).toList();
            assertTrue(targets.contains(BUNDLE + ".vault"), targets::toString);
            assertTrue(targets.contains("org.holdfast.notify"), targets::toString);
        } finally {
            framework.stop();
            framework.waitForStop(30_000);
        }
    }

    /** Runs p2 without a window. */
    private void direct(Path product, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(product.resolve("bin/holdfast-console").toString(), "-application", DIRECTOR));
        command.addAll(List.of(arguments));
        try (Running director = Running.start(folder, command)) {
            assertEquals(0, director.exitCode(PATIENCE), director::output);
            assertTrue(director.output().contains("Operation completed"), director::output);
        }
    }

    /** Starts the console, expects to see that of the plug-in, and gives all menu items. */
    private List<String> seen(Path product, List<String> expected) throws Exception {
        Path report = folder.resolve("report" + starts++);
        Path places = folder.resolve(".local/share/holdfast/console");
        if (Files.exists(places)) { // what p2 writes for the user stands before the product's
            try (Stream<Path> all = Files.list(places)) {
                for (Path place : (Iterable<Path>) all::iterator) {
                    Tour.addTo(place.resolve("configuration"));
                }
            }
        }
        try (Running console = Running.start(folder, List.of(product.resolve("bin/holdfast-console").toString()),
                Map.of("HOLDFAST_JAVA_OPTS", "-Dholdfast.smoke.report=" + report + " -Dholdfast.smoke.plugin="
                        + BUNDLE))) {
            assertEquals(0, console.exitCode(PATIENCE), console::output);
            if (!Files.exists(report)) {
                fail("There is no report:\n" + console.output());
            }
            assertFalse(console.output().matches("(?s).*!ENTRY \\S+ 4 .*"), console::output);
        }
        List<String> lines = Files.readAllLines(report);
        assertEquals(List.of(), lines.stream().filter(line -> line.startsWith("wrong ")).toList());
        assertEquals(expected, lines.stream().filter(line -> line.startsWith(SEEN)).toList());
        return lines.stream().filter(line -> line.startsWith("item ")).toList();
    }

    private static Map<Path, Long> sizes(Path product) throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(product)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                sizes.put(file, Files.size(file));
            }
        }
        return sizes;
    }
}
