package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line's product does its whole job, in Equinox and on a plain class path. */
class CliProductTest {

    @TempDir
    private Path folder;
    private Product product;

    @BeforeEach
    void setUp() throws IOException {
        product = Product.named("cli");
    }

    @Test
    void theApplicationInEquinoxTellsItsVersion() throws Exception {
        try (Running run = Running.start(folder, equinox("--version"))) {
            assertEquals(0, run.exitCode(), run::output);
            assertTrue(run.output().contains("0.1.0"), run::output);
        }
    }

    @Test
    void theApplicationInEquinoxPassesTheExitCodeOn() throws Exception {
        try (Running run = Running.start(folder, equinox("no-such-command"))) {
            assertEquals(2, run.exitCode(), run::output);
        }
    }

    @Test
    void theApplicationInEquinoxBacksUpAndRestores() throws Exception {
        try (Running run = Running.start(folder, equinox("demo", data().toString()))) {
            assertEquals(0, run.exitCode(), run::output);
        }
    }

    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void theStartScriptBacksUpAndRestores() throws Exception {
        Path elsewhere = Files.createSymbolicLink(folder.resolve("a link"), product.script("holdfast"));
        try (Running run = Running.start(folder, List.of(elsewhere.toString(), "demo", data().toString()))) {
            assertEquals(0, run.exitCode(), run::output);
        }
    }

    private Path data() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/sub folder"));
        Files.writeString(data.resolve("a"), "one");
        Files.writeString(data.resolve("b"), "two".repeat(100_000));
        return folder.resolve("data");
    }

    private List<String> equinox(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-jar", product.launcher().toString(), "-nosplash",
                        "-consoleLog",
                        "-configuration", folder.resolve("configuration").toString(),
                        "-data", folder.resolve("workspace").toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
