package org.holdfast.console.client.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.holdfast.console.client.fleet.MemoryTokens;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.local.LocalVault.Step;
import org.holdfast.console.client.local.LocalVaultException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program that is not there, that fails, that never ends. The real one is started by the products' tests. */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class LocalVaultTest {
    @TempDir
    private Path folder;
    private final VaultConnections connections = new VaultConnections(null, new MemoryTokens(), Clock.systemUTC());
    private final List<Step> steps = new ArrayList<>();
    private volatile boolean cancelled;

    @AfterEach
    void close() {
        connections.close();
    }

    private LocalVaultException failure(Optional<VaultProgram> program) {
        var vault = new LocalVault(folder.resolve("vault"), () -> program, connections);
        var attempt = vault.start("here", new LocalVault.Progress() {
            @Override
            public void begins(Step step) {
                steps.add(step);
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }
        }).orTimeout(30, TimeUnit.SECONDS);
        return assertInstanceOf(LocalVaultException.class,
                assertThrows(CompletionException.class, attempt::join).getCause());
    }

    private Path script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + '\n');
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private Optional<VaultProgram> program(String text) throws IOException {
        return Optional.of(new VaultProgram(List.of(script("program", text).toString()), false));
    }

    @Test
    void saysThatThereIsNoProgram() {
        assertEquals(Reason.NO_PROGRAM, failure(Optional.empty()).reason());
        assertEquals(List.of(Step.FIND), steps);
    }

    @Test
    void tellsWhatTheProgramSaidButNotTheSecret() throws IOException {
        var failure = failure(program("echo \"Administrator: admin, one-time secret: abc123 (shown once)\"\n"
                + "echo \"holdfast-vault: no room: $*\" >&2; exit 1"));
        assertEquals(Reason.DID_NOT_START, failure.reason());
        assertTrue(failure.details().contains("no room: serve --data " + folder.resolve("vault/data")
                + " --listen 127.0.0.1:"), failure::details);
        assertFalse(failure.details().contains("abc123"), failure::details);
        assertEquals(PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.resolve("vault/start.txt")));
        assertEquals(List.of(Step.FIND, Step.START), steps);
    }

    @Test
    void aChangeOfMindEndsTheProgram() throws IOException {
        cancelled = true;
        assertEquals(Reason.CANCELLED, failure(program("exec sleep 60")).reason());
    }

    @Test
    void theProgramHasNoOptionsOfTheConsole() throws IOException {
        var failure = failure(program("env; exit 1"));
        assertFalse(failure.details().contains("HOLDFAST_CONSOLE_DATA"), failure::details);
        assertTrue(failure.details().contains("JAVA_HOME="), failure::details);
    }

    @Test
    void nothingRunsWhereNothingWasStarted() {
        var vault = new LocalVault(folder.resolve("vault"), Optional::empty, connections);
        assertFalse(vault.isRunning());
        assertFalse(vault.stop().orTimeout(30, TimeUnit.SECONDS).join());
    }

    @Test
    void findsTheProgramWhereItIs() throws IOException {
        Path install = Files.createDirectories(folder.resolve("holdfast/console"));
        Map<String, String> nothing = Map.of("PATH", folder.resolve("nowhere").toString());
        assertEquals(Optional.empty(), VaultProgram.find(nothing, install));
        Path onPath = script("bin/holdfast-vault", "");
        assertEquals(List.of(onPath.toString()),
                VaultProgram.find(Map.of("PATH", onPath.getParent().toString()), install).orElseThrow().command());
        Path clone = script("clone/holdfast", "");
        var built = VaultProgram.find(Map.of(VaultProgram.START_SCRIPT, clone.toString()), install).orElseThrow();
        assertEquals(new VaultProgram(List.of(clone.toString(), "vault"), true), built);
        Path beside = script("holdfast/vault/bin/holdfast-vault", "");
        assertEquals(List.of(beside.toString()), VaultProgram
                .find(Map.of(VaultProgram.START_SCRIPT, clone.toString()), install).orElseThrow().command());
        assertEquals(List.of(onPath.toString()), VaultProgram
                .find(Map.of(VaultProgram.PROGRAM, onPath.toString()), install).orElseThrow().command());
    }
}
