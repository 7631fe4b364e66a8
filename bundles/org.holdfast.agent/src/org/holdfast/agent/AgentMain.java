package org.holdfast.agent;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.program.Composition;
import org.holdfast.agent.internal.program.Environment;
import org.holdfast.agent.internal.program.Program;
import org.holdfast.agent.internal.program.TerminalPrompt;
import org.holdfast.keys.azure.KeyVaultKeyHolder;
import org.holdfast.source.files.FilesSourceProvider;

/** The agent on a plain class path, without a framework and therefore without plug-ins. */
public final class AgentMain {
    private static final int STOP_SECONDS = 45;

    private AgentMain() {
    }

    /** Runs a command line; the exit code is that of the process. */
    public static void main(String[] arguments) {
        var stopping = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stopping.countDown();
            try {
                stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        int code = run(List.of(arguments), stopping);
        stopped.countDown();
        if (stopping.getCount() > 0) {
            System.exit(code);
        }
    }

    /**
     * Runs a command line in this process.
     *
     * @param stopping counted down when a running agent is to end
     * @return the exit code: 0 done, 1 failed, 2 wrong usage, 3 done with warnings
     */
    public static int run(List<String> arguments, CountDownLatch stopping) {
        return new Program(new Environment(System.out, System.err, new TerminalPrompt(), new Composition(
                List.of(new FileKeyHolder(), new KeyVaultKeyHolder()), new FilesSourceProvider(), Clock.systemUTC()),
                stopping)).run(arguments);
    }
}
