package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent's product starts, passes exit codes on and stops as its start script promises. */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class AgentProductTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String WAITS = "This server is not registered yet";

    @TempDir
    private Path folder;
    private Product product;
    private Path home;

    @BeforeEach
    void setUp() throws IOException {
        product = Product.named("agent");
        home = folder.resolve("its home");
    }

    @Test
    void runsUntilItIsAskedToEnd() throws Exception {
        Path log = home.resolve("logs/agent.log");
        try (Running agent = Running.start(folder, command("run", "--home", home.toString()))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(log) || !Files.readString(log).contains(WAITS)) {
                if (!agent.isAlive() || System.nanoTime() > deadline) {
                    fail("It does not run:\n" + agent.output());
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            try (Running status = Running.start(folder, command("status", "--home=" + home))) {
                assertEquals(1, status.exitCode(), status::output);
                assertTrue(status.output().contains("Not registered."), status::output);
            }
            assertTrue(agent.isAlive(), agent::output);
            assertTrue(agent.terminate(PATIENCE), "still running after it was asked to end");
        }
        try (var folders = Files.list(home.resolve("runtime"))) {
            assertTrue(folders.anyMatch(f -> f.getFileName().toString().startsWith("service-")),
                    "what the framework remembers is in its home");
        }
    }

    @Test
    void aWrongCommandLineIsExplained() throws Exception {
        try (Running run = Running.start(folder, command("no-such-command"))) {
            assertEquals(2, run.exitCode(), run::output);
            assertTrue(run.output().contains("no-such-command"), run::output);
        }
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(product.script("holdfast-agent").toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
