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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The console's product opens its window by its start script, and writes no error into its log. */
@EnabledOnOs(OS.LINUX)
class ConsoleProductTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() {
        assumeTrue(System.getenv("DISPLAY") != null || System.getenv("CI") != null, "there is no display");
    }

    @Test
    void theWindowOpensAndTheLogHasNoError() throws Exception {
        Product product = Product.named("console");
        try (Running console = Running.start(folder, List.of(product.script("holdfast-console").toString()))) {
            waitForWindow(console);
            assertTrue(console.terminate(PATIENCE), "still running after it was asked to end");
            assertEquals(List.of(), errors(), console::output);
        }
    }

    /** The window manager lists the windows that are shown; a splash or a hidden window has no title of ours. */
    private void waitForWindow(Running console) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!windows().contains("Holdfast")) {
            if (!console.isAlive() || System.nanoTime() > deadline) {
                fail("No window. Windows:\n" + windows() + "\nOutput:\n" + console.output());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private String windows() throws Exception {
        try (Running tree = Running.start(folder, List.of("xwininfo", "-root", "-tree"))) {
            assertEquals(0, tree.exitCode(), tree::output);
            return tree.output().lines().filter(line -> line.contains("\":")).reduce("", (a, b) -> a + b + "\n");
        }
    }

    /** The error entries of every log below the test's home. */
    private List<String> errors() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".log")).flatMap(file -> {
                try {
                    return Files.readAllLines(file).stream();
                } catch (IOException e) {
                    return Stream.of("!ENTRY unreadable 4 " + file + ": " + e);
                }
            }).toList();
            return found.stream().filter(line -> line.matches("!ENTRY \\S+ 4 .*")).toList();
        }
    }
}
