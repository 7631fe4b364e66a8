package org.holdfast.agent.internal.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.policy.Hook;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookRunnerTest {
    private final TempTree tree = new TempTree();
    private final HookRunner runner = new HookRunner(tree.path());

    @AfterEach
    void clean() {
        tree.close();
    }

    private Path script(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private HookRunner.Outcome run(String name, Duration timeout, String... arguments) throws InterruptedException {
        return runner.run(new Hook(name, List.of(arguments), timeout, Hook.OnFailure.FAIL),
                Map.of("HOLDFAST_JOB", "7"), new CancelToken());
    }

    @Test
    void runsWithItsArgumentsAsTheyAre() throws Exception {
        script("hello", "echo \"$1|$2|$HOLDFAST_JOB\"");
        var outcome = run("hello", Duration.ofSeconds(20), "a b", "$(id); *");

        assertTrue(outcome.good());
        assertEquals("a b|$(id); *|7", outcome.output());
    }

    @Test
    void tellsHowItFailed() throws Exception {
        script("fails", "echo broken; exit 3");
        var outcome = run("fails", Duration.ofSeconds(20));

        assertTrue(outcome.problem().contains("code 3"), outcome.problem());
        assertEquals("broken", outcome.output());
    }

    @Test
    void endsWhatTakesTooLongWithItsChildren() throws Exception {
        script("slow", "sleep 300 & echo $! > '" + tree.resolve("child") + "'; wait");
        var outcome = run("slow", Duration.ofSeconds(1));

        assertTrue(outcome.problem().contains("within 1 seconds"), outcome.problem());
        long child = Long.parseLong(Files.readString(tree.resolve("child")).strip());
        // Killed at once, but a child without its parent is gone only when the system has noticed.
        var process = ProcessHandle.of(child);
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotWaitForWhatStaysInTheBackground() throws Exception {
        script("daemon", "sleep 30 & echo $! > '" + tree.resolve("child") + "'; echo started");
        long begin = System.nanoTime();
        var outcome = run("daemon", Duration.ofSeconds(20));

        assertNull(outcome.problem());
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(15).toNanos());
        ProcessHandle.of(Long.parseLong(Files.readString(tree.resolve("child")).strip()))
                .ifPresent(ProcessHandle::destroy);
    }

    @Test
    void runsNothingElse() throws Exception {
        Path free = script("free", "true");
        Files.setPosixFilePermissions(free, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path plain = script("plain", "true");
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/bin/true"));
        Files.createDirectory(tree.resolve("folder"));

        for (String name : List.of("missing", "free", "plain", "link", "folder", "../true", "/bin/true", ".", "")) {
            assertFalse(run(name, Duration.ofSeconds(5)).good(), name);
        }
    }
}
