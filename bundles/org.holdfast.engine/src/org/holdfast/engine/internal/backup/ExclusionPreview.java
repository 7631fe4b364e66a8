package org.holdfast.engine.internal.backup;

import java.util.function.Consumer;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.Excluded;

/** Walks as a backup would and tells what exclusions leave out. */
public final class ExclusionPreview {
    private static final long STACK_BYTES = 512L << 20;

    private ExclusionPreview() {
    }

    /** Runs to the end of the walk. */
    public static void run(Source source, BackupRequest request, Consumer<Excluded> excluded, CancelToken cancel) {
        if (request.items().isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is nothing to look at.",
                    "Name at least one file or directory.");
        }
        var walker = new Walker(source, ItemTrie.plan(request.items()), request.exclusions(), cancel, excluded);
        Thread thread = Thread.ofPlatform().name("holdfast-walker").daemon().stackSize(STACK_BYTES).start(walker);
        try {
            consume(walker);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            walker.queue().stop();
        }
    }

    private static void consume(Walker walker) {
        long open = 1;
        while (open > 0) {
            Scan scan = walker.queue().take(() -> {});
            open += scan.descend.cardinality();
            if (scan.last) {
                open--;
            }
            walker.queue().release(scan);
        }
    }
}
