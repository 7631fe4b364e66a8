package org.holdfast.console.client.recover;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.VaultConnection;

/**
 * Differences of two recovery points of a server, shown while they are being found. Its progress is the number of
 * folders looked into.
 */
public final class CompareModel extends Gathering<CompareModel.Difference, Integer> {
    /** A comparison ends here. */
    public static final int MAX_ROWS = 50_000;

    /**
     * Something that differs.
     *
     * @param change NEW (only in the newer point), REMOVED (only in the older one) or CHANGED; a folder that is new or
     *            gone stands for all below it
     * @param older as in the older point, or null
     * @param newer as in the newer point, or null
     */
    public record Difference(Change change, @Nullable Entry older, @Nullable Entry newer) {
        /** The entry as it is known last. */
        public Entry entry() {
            Entry n = newer;
            return n == null ? Objects.requireNonNull(older) : n;
        }
    }

    /** @param changed told when rows or state changed, at most about five times a second */
    public CompareModel(Executor ui, Runnable changed) {
        super(MAX_ROWS, ui, changed);
    }

    /**
     * Starts a comparison in place of the one that may be running.
     *
     * @param folder what to compare, with all below it
     */
    public void start(VaultConnection connection, PointSummary older, PointSummary newer, RawPath folder) {
        List<PointSummary> all = connection.points();
        var folders = new AtomicInteger();
        begin(run -> connection.run(run.cancel(), vault -> new PointComparison(vault, all, older, newer, run.cancel())
                .run(folder, run::take, path -> run.reached(folders.incrementAndGet()))));
    }

    /** Folders looked into so far. */
    public int folders() {
        Integer looked = progress();
        return looked == null ? 0 : looked;
    }
}
