package org.holdfast.cli.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import org.holdfast.api.CancelToken;

/**
 * Makes Ctrl-C and a polite kill cancel the running command instead of tearing it down. The virtual machine begins to
 * shut down and runs our hook; the hook cancels and waits until the command has told the person, then the process ends.
 */
public final class Interruption {
    /** A command that has not ended by then is left behind; a vault survives that at any point. */
    private static final long PATIENCE_SECONDS = 10;

    private final CancelToken cancel;
    private final IntSupplier command;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param cancel what to cancel
     * @param command what to run; returns the exit code
     */
    public Interruption(CancelToken cancel, IntSupplier command) {
        this.cancel = cancel;
        this.command = command;
    }

    /** Runs the command on this thread and returns its exit code. */
    public int run() {
        var hook = Thread.ofPlatform().name("interruption").unstarted(this::interrupted);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }

    private void interrupted() {
        if (ended.getCount() == 0) {
            return; // an ordinary end
        }
        cancel.cancel();
        try {
            if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // Otherwise the exit code would be that of a signal, although the command ended in an orderly way.
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
