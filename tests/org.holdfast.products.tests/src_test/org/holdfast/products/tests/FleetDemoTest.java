package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The products of vault, agent and command line do the main job together, over TLS. */
@EnabledOnOs(OS.LINUX)
class FleetDemoTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    @Test
    void twoServersRegisterAndOneRestoresWhatTheOtherBackedUp() throws Exception {
        Map<String, String> programs = Map.of(
                "HOLDFAST_VAULT_PROGRAM", Product.named("vault").script("holdfast-vault").toString(),
                "HOLDFAST_AGENT_PROGRAM", Product.named("agent").script("holdfast-agent").toString());
        List<String> demo = List.of(Product.named("cli").script("holdfast").toString(), "demo", data().toString());
        try (Running run = Running.start(folder, demo, programs)) {
            assertEquals(0, run.exitCode(PATIENCE), run::output);
            assertTrue(run.output().contains("Everything matches."), run::output);
            assertTrue(run.output().contains("with a vault server and two agents"), run::output);
        }
        try (var left = Files.list(folder)) {
            assertEquals(0, left.filter(f -> f.getFileName().toString().startsWith("holdfast-demo-")).count(),
                    "nothing stays behind");
        }
    }

    private Path data() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectory(data.resolve("sub folder"));
        Files.writeString(data.resolve("a"), "one");
        Files.writeString(data.resolve("sub folder/b"), "two".repeat(100_000));
        Files.createSymbolicLink(data.resolve("link"), Path.of("a"));
        return data;
    }
}
