package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a test started: it ends with the test at the latest, and so do its children. */
final class Running implements AutoCloseable {

    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private Running(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a command whose home, temporary and other folders are below one folder.
     *
     * @param folder an empty folder; the command's output goes there too
     */
    static Running start(Path folder, List<String> command) throws IOException {
        return start(folder, command, Map.of());
    }

    static Running start(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", folder.toString());
        // Read by every Java launcher, which takes neither folder from the environment.
        builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder + " -Duser.home=" + folder);
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("HOLDFAST"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), output);
    }

    /** Waits for the end and gives the exit code. */
    int exitCode() throws InterruptedException {
        return exitCode(ENOUGH);
    }

    /** Waits that long for the end and gives the exit code. */
    int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            fail("Still running after " + patience + ":\n" + output());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end in the ordinary way and tells whether it did in time. */
    boolean terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    }

    /** What it wrote to its standard output and error so far. */
    String output() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
