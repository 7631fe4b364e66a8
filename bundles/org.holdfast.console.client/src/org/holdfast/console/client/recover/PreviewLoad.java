package org.holdfast.console.client.recover;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/**
 * Reads the first bytes of the file a person looks at. Whoever goes quickly through a list looks at none of them, so it
 * waits for a moment, and what was begun for the file before is cancelled. Belongs to the user interface thread.
 */
public final class PreviewLoad {
    /** How long a file has to be looked at. */
    public static final Duration MOMENT = Duration.ofMillis(200);

    private final Executor ui;
    private CancelToken running = new CancelToken();

    /** @param ui runs what is given to it on the user interface thread */
    public PreviewLoad(Executor ui) {
        this.ui = ui;
    }

    /**
     * Reads; ends what was begun before.
     *
     * @param most bytes wanted at most
     * @param told the bytes or why there are none, on the user interface thread; not told after {@link #cancel}
     */
    public void start(VaultConnection connection, PointSummary point, Entry file, int most, Duration delay,
            BiConsumer<byte @Nullable [], @Nullable Failure> told) {
        cancel();
        var mine = new CancelToken();
        running = mine;
        CompletableFuture.runAsync(() -> {
            // only the delay
        }, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, ui)).thenCompose(nothing -> mine
                .isCancelled() ? CompletableFuture.completedFuture(new byte[0])
                        : connection.head(point.id(), file.path(), most, mine))
                .whenCompleteAsync((bytes, thrown) -> {
                    if (!mine.isCancelled()) {
                        told.accept(thrown == null ? bytes : null, thrown == null ? null : Failure.of(thrown));
                    }
                }, ui);
    }

    /** Ends what was begun; nothing is told any more. */
    public void cancel() {
        running.cancel();
    }
}
