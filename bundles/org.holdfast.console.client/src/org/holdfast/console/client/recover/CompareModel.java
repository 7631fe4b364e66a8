package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/** Differences of two recovery points of a server, shown while they are being found. */
public final class CompareModel implements RowSource<CompareModel.Difference> {
    /** A comparison ends here: nobody reads more, and memory is bounded. */
    public static final int MAX_ROWS = 50_000;
    private static final long TELL_MILLIS = 200;

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

    /** How far it is. */
    public enum State {
        IDLE, RUNNING, DONE, CANCELLED, FAILED
    }

    /** One comparison; rows are handed over by its thread. */
    private static final class Run {
        final CancelToken cancel = new CancelToken();
        final List<Difference> fresh = new ArrayList<>();
        int found;
        int folders;
        boolean full;
        boolean telling;
    }

    private final Executor ui;
    private final Runnable changed;
    private final List<Difference> shown = new ArrayList<>();
    private State state = State.IDLE;
    private @Nullable Run run;
    private @Nullable Failure failure;
    private int folders;
    private boolean limited;

    /** @param changed told when rows or state changed, at most about five times a second */
    public CompareModel(Executor ui, Runnable changed) {
        this.ui = ui;
        this.changed = changed;
    }

    /**
     * Starts a comparison in place of the one that may be running.
     *
     * @param folder what to compare, with all below it
     */
    public void start(VaultConnection connection, PointSummary older, PointSummary newer, RawPath folder) {
        cancel();
        shown.clear();
        failure = null;
        limited = false;
        folders = 0;
        state = State.RUNNING;
        var mine = new Run();
        run = mine;
        List<PointSummary> all = connection.points();
        connection.run(mine.cancel, vault -> new PointComparison(vault, all, older, newer, mine.cancel).run(folder,
                row -> take(mine, row), path -> looked(mine)))
                .whenCompleteAsync((nothing, thrown) -> ended(mine, thrown), ui);
        changed.run();
    }

    /** Stops the running comparison and keeps its rows. */
    public void cancel() {
        Run mine = run;
        if (mine != null) {
            mine.cancel.cancel();
            drain(mine);
            run = null;
            state = State.CANCELLED;
            changed.run();
        }
    }

    /** Forgets everything. */
    public void clear() {
        cancel();
        shown.clear();
        failure = null;
        limited = false;
        folders = 0;
        state = State.IDLE;
        changed.run();
    }

    /** How far it is. */
    public State state() {
        return state;
    }

    /** Why it failed, or null. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Folders looked into so far. */
    public int folders() {
        return folders;
    }

    /** Whether it ended at {@link #MAX_ROWS}. */
    public boolean isLimited() {
        return limited;
    }

    @Override
    public int size() {
        return shown.size();
    }

    @Override
    public @Nullable Difference row(int index) {
        return index < shown.size() ? shown.get(index) : null;
    }

    private void take(Run mine, Difference row) {
        synchronized (mine) {
            if (mine.found >= MAX_ROWS) {
                mine.full = true;
                mine.cancel.cancel();
                return;
            }
            mine.found++;
            mine.fresh.add(row);
        }
        tellSoon(mine);
    }

    private void looked(Run mine) {
        synchronized (mine) {
            mine.folders++;
        }
        tellSoon(mine);
    }

    private void tellSoon(Run mine) {
        synchronized (mine) {
            if (mine.telling) {
                return;
            }
            mine.telling = true;
        }
        CompletableFuture.delayedExecutor(TELL_MILLIS, TimeUnit.MILLISECONDS, ui).execute(() -> {
            if (run == mine) {
                drain(mine);
                changed.run();
            }
        });
    }

    private void drain(Run mine) {
        synchronized (mine) {
            mine.telling = false;
            shown.addAll(mine.fresh);
            mine.fresh.clear();
            folders = mine.folders;
            limited = mine.full;
        }
    }

    private void ended(Run mine, @Nullable Throwable thrown) {
        if (run != mine) {
            return;
        }
        drain(mine);
        run = null;
        Failure f = thrown == null ? null : Failure.of(thrown);
        if (f == null || limited) {
            state = State.DONE;
        } else if (f.isCancelled()) {
            state = State.CANCELLED;
        } else {
            failure = f;
            state = State.FAILED;
        }
        changed.run();
    }
}
