package org.holdfast.cli.internal.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** A server or agent that runs beside the demonstration, and what it says. */
final class Program implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final int LOOK_MILLIS = 50;
    private static final int TOLD = 2000;

    private final String name;
    private final Process process;
    private final Path log;

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a program; what it writes goes to a file. */
    static Program start(String name, Path log, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        return new Program(name, builder.start(), log);
    }

    /** Runs a program to its end; what it wrote. */
    static String run(String name, Path log, List<String> command, CancelToken cancel) throws IOException {
        try (Program program = start(name, log, command)) {
            program.await("it has ended", () -> !program.process.isAlive(), 120, cancel, true);
            if (program.process.exitValue() != 0) {
                throw program.failed("ended with exit code " + program.process.exitValue());
            }
            return program.output();
        }
    }

    /** What it has written so far. */
    String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Waits for something that the program does. */
    void await(String what, BooleanSupplier condition, int seconds, CancelToken cancel) {
        await(what, condition, seconds, cancel, false);
    }

    private void await(String what, BooleanSupplier condition, int seconds, CancelToken cancel, boolean mayEnd) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            cancel.check();
            if (!mayEnd && !process.isAlive()) {
                throw failed("ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > end) {
                throw failed("was expected to get so far within " + seconds + " seconds that " + what);
            }
            try {
                // Ends early when the program does; the next round finds out what that means.
                process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HoldfastException(Problem.CANCELLED, "The demonstration was interrupted.", "");
            }
        }
    }

    private HoldfastException failed(String how) {
        String said;
        try {
            String all = output();
            said = all.substring(Math.max(0, all.length() - TOLD)).strip();
        } catch (IOException e) {
            said = "";
        }
        return new HoldfastException(Problem.INTERNAL, "The " + name + " " + how + ". It said: " + said,
                "What it wrote is in " + log + ".");
    }

    /** Stops the program and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
