package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the framework is started, and how. */
class FrameworkTest {
    @TempDir
    private Path folder;

    @Test
    void onlyWhatPlugInsCouldBringIsLeftToIt() {
        var framework = new Framework(folder, Map.of());
        for (var line : List.of("greet", "greet --help", "--help", "--json greet", "", "completion",
                "completion bash")) {
            assertTrue(framework.isWanted(line.isEmpty() ? List.of() : List.of(line.split(" "))), line);
        }
        for (var line : List.of("backup /v /d", "--passphrase-file greet points /v", "vault", "--version", "-V",
                "recovery-key list /v")) {
            assertFalse(framework.isWanted(List.of(line.split(" "))), line);
        }
    }

    @Test
    void itStartsTheLauncherWithACacheOfTheUser() throws IOException {
        Files.createDirectory(folder.resolve("plugins"));
        var framework = new Framework(folder, Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
        assertThrows(RuntimeException.class, () -> framework.command(List.of("greet")));
        var launcher = Files.createFile(folder.resolve("plugins/org.eclipse.equinox.launcher_1.2.3.jar"));
        var command = framework.command(List.of("greet", "a b"));
        assertTrue(command.contains(launcher.toString()), command.toString());
        assertEquals(List.of("greet", "a b"), command.subList(command.size() - 2, command.size()));
        var configuration = Path.of(command.get(command.indexOf("-configuration") + 1));
        assertTrue(Files.isDirectory(configuration));
        assertTrue(configuration.startsWith(folder.resolve("cache")));
    }

    @Test
    void classesOutsideAProductHaveNone() {
        assertNull(Framework.ofThisProduct(Map.of()));
    }
}
