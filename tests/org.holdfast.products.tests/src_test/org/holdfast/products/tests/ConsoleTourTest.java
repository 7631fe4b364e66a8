package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged console is told to open everything it has, in both languages: perspectives, views, menus, preferences,
 * themes, quick access, handlers, keys. The bundle {@code console.smoke} does that inside and writes what is wrong.
 */
@EnabledOnOs(OS.LINUX)
class ConsoleTourTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** What has to be looked at, and at how many at least: a tour that finds nothing to look at proves nothing. */
    private static final Map<String, Integer> LEAST = Map.ofEntries(Map.entry("commands", 15), Map.entry("ids", 60),
            Map.entry("classes", 25), Map.entry("icons", 40), Map.entry("texts", 80),
            Map.entry("platform-texts", 600), Map.entry("keys", 50),
            Map.entry("perspectives", 3), Map.entry("views", 9), Map.entry("menus", 40), Map.entry("preferences", 5),
            Map.entry("help", 12), Map.entry("dialog-help", 2), Map.entry("diagnostics", 4), Map.entry("links", 3),
            Map.entry("local-vault", 0), Map.entry("themes", 2), Map.entry("quick-access", 12), Map.entry("log", 0));

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() {
        assumeTrue(System.getenv("DISPLAY") != null || System.getenv("CI") != null, "there is no display");
    }

    /** The vault goes on when the console ends, so that of a failed tour has to be ended. */
    @AfterEach
    void tearDown() throws IOException {
        Path node = folder.resolve(".holdfast/local-vault/data/node");
        if (Files.exists(node)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(node).get(1)))
                    .ifPresent(vault -> vault.destroyForcibly());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "en", "ja" })
    void everythingOpens(String language) throws Exception {
        Path product = Tour.productWithIt(folder.resolve("product"));
        Path report = folder.resolve("report.txt");
        String screenshots = System.getProperty("holdfast.screenshots", "");
        Map<String, String> environment = new TreeMap<>(Map.of("HOLDFAST_JAVA_OPTS", "-Dholdfast.smoke.report=" + report
                + (screenshots.isEmpty() ? "" : " -Dholdfast.screenshots=" + screenshots)));
        boolean withVault = language.equals("en");
        if (withVault) {
            environment.put("HOLDFAST_VAULT_PROGRAM", Product.named("vault").script("holdfast-vault").toString());
        }
        try (Running console = Running.start(folder,
                List.of(product.resolve("bin/holdfast-console").toString(), "-nl", language), environment)) {
            assertEquals(0, console.exitCode(PATIENCE), console::output);
            if (!Files.exists(report)) {
                fail("There is no report:\n" + console.output());
            }
        }
        List<String> lines = Files.readAllLines(report);
        System.out.println("console in " + language + ": "
                + lines.stream().filter(line -> line.startsWith("start-")).findFirst().orElseThrow());
        lines.stream().filter(line -> line.startsWith("without-help ")).forEach(System.out::println);
        assertEquals(List.of(), lines.stream().filter(line -> line.startsWith("wrong ")).toList());
        Map<String, Integer> checked = new TreeMap<>();
        lines.stream().filter(line -> line.startsWith("checked ")).map(line -> line.split(" "))
                .forEach(words -> checked.put(words[1], Integer.valueOf(words[2])));
        assertEquals(LEAST.keySet().stream().sorted().toList(), List.copyOf(checked.keySet()));
        LEAST.forEach((name, least) -> assertTrue(checked.get(name) >= least, name + ": " + checked.get(name)));
        assertEquals(withVault ? 2 : 0, checked.get("local-vault"));
        assertEquals(List.of(), errors());
    }

    private List<String> errors() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(".metadata/.log")).flatMap(file -> {
                try {
                    return Files.readAllLines(file).stream();
                } catch (IOException e) {
                    return Stream.of("!ENTRY unreadable 4 " + file + ": " + e);
                }
            }).filter(line -> line.matches("!(ENTRY|SUBENTRY 1) \\S+ 4 .*")).toList();
        }
    }
}
