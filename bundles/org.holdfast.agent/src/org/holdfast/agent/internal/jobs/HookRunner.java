package org.holdfast.agent.internal.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.policy.Hook;

/**
 * Runs the commands around a backup: files in the agent's hook folder, started without a shell, with their input closed
 * and the end of their output kept for the report.
 */
public final class HookRunner {
    private static final int KEPT_CHARACTERS = 2000;
    private static final int SLICE_MILLIS = 200;
    private static final int GRACE_SECONDS = 5;

    private final Path folder;

    /** @param folder where the commands are */
    public HookRunner(Path folder) {
        this.folder = folder;
    }

    /**
     * What became of a command.
     *
     * @param problem one sentence, or null when all is well
     * @param output the end of what it wrote, for the log
     */
    public record Outcome(@Nullable String problem, String output) {
        /** Whether it did what it should. */
        public boolean good() {
            return problem == null;
        }
    }

    /**
     * Runs a command to its end, its timeout or until the job is cancelled.
     *
     * @param facts variables added to the environment, named {@code HOLDFAST_...}
     */
    public Outcome run(Hook hook, Map<String, String> facts, CancelToken cancel) throws InterruptedException {
        Path file = folder.resolve(hook.command()).normalize();
        String refused = refusal(hook, file);
        if (refused != null) {
            return new Outcome(refused, "");
        }
        var command = new ArrayList<>(List.of(file.toString()));
        command.addAll(hook.arguments());
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nowhere()));
        builder.environment().putAll(facts);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Outcome("The hook '" + hook.command() + "' cannot be started.", String.valueOf(e.getMessage()));
        }
        var tail = new Tail();
        Thread reader = Thread.ofVirtual().start(() -> tail.readAll(process));
        try {
            return wait(hook, process, reader, tail, cancel);
        } finally {
            end(process);
        }
    }

    private static java.io.File nowhere() {
        return new java.io.File(java.io.File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private @Nullable String refusal(Hook hook, Path file) {
        String name = "The hook '" + hook.command() + "'";
        if (!folder.equals(file.getParent())) {
            return name + " is not the name of a file in the hook folder.";
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return name + " is not in the hook folder.";
        }
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                return name + " may be written by anybody and is not run.";
            }
        } catch (IOException e) {
            return name + " cannot be looked at.";
        }
        return Files.isExecutable(file) ? null : name + " is not executable.";
    }

    private static Outcome wait(Hook hook, Process process, Thread reader, Tail tail, CancelToken cancel)
            throws InterruptedException {
        long end = System.nanoTime() + hook.timeout().toNanos();
        while (!process.waitFor(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (cancel.isCancelled()) {
                return new Outcome("The hook '" + hook.command() + "' was ended with the job.", tail.text());
            }
            if (System.nanoTime() - end > 0) {
                return new Outcome("The hook '" + hook.command() + "' did not end within "
                        + hook.timeout().toSeconds() + " seconds.", tail.text());
            }
        }
        // A child in the background may hold the output open for ever; what it still says is not waited for.
        reader.join(java.time.Duration.ofSeconds(1));
        int code = process.exitValue();
        return new Outcome(code == 0 ? null : "The hook '" + hook.command() + "' ended with code " + code + ".",
                tail.text());
    }

    private static void end(Process process) throws InterruptedException {
        if (process.isAlive()) {
            var children = process.descendants().toList();
            children.forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                children.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** The last characters of a stream. */
    private static final class Tail {
        private final StringBuilder kept = new StringBuilder();

        void readAll(Process process) {
            var buffer = new byte[1024];
            try (var in = process.getInputStream()) {
                int n = in.read(buffer);
                while (n >= 0) {
                    add(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    n = in.read(buffer);
                }
            } catch (IOException e) {
                add(" [" + e.getMessage() + "]");
            }
        }

        private synchronized void add(String text) {
            kept.append(text);
            if (kept.length() > KEPT_CHARACTERS) {
                kept.delete(0, kept.length() - KEPT_CHARACTERS);
            }
        }

        synchronized String text() {
            return kept.toString().strip();
        }
    }
}
