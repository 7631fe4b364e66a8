package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Progress;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/** A search through recovery points whose hits are shown while it runs. */
public final class SearchModel implements RowSource<FindHit> {
    /** A search ends here: nobody reads more, and memory is bounded. */
    public static final int MAX_HITS = 100_000;
    private static final long TELL_MILLIS = 200;

    /** How far it is. */
    public enum State {
        IDLE, RUNNING, DONE, CANCELLED, FAILED
    }

    private final Executor ui;
    private final Runnable changed;
    private final List<FindHit> shown = new ArrayList<>();
    private State state = State.IDLE;
    private @Nullable Run run;
    private @Nullable Progress progress;
    private @Nullable Failure failure;
    private boolean limited;

    /** One search; hits are handed over by its thread. */
    private static final class Run {
        final CancelToken cancel = new CancelToken();
        final List<FindHit> fresh = new ArrayList<>();
        @Nullable
        Progress latest;
        int found;
        boolean full;
        boolean telling;
    }

    /** @param changed told when hits, progress or state changed, at most about five times a second */
    public SearchModel(Executor ui, Runnable changed) {
        this.ui = ui;
        this.changed = changed;
    }

    /** Starts a search in place of the one that may be running. */
    public void start(VaultConnection connection, FindRequest request) {
        cancel();
        shown.clear();
        failure = null;
        progress = null;
        limited = false;
        state = State.RUNNING;
        var mine = new Run();
        run = mine;
        connection.find(request, hit -> take(mine, hit), p -> {
            synchronized (mine) {
                mine.latest = p;
            }
            tellSoon(mine);
        }, mine.cancel).whenCompleteAsync((nothing, thrown) -> ended(mine, thrown), ui);
        changed.run();
    }

    /** Stops the running search and keeps its hits. */
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

    /** What the search last said of itself, or null. */
    public @Nullable Progress progress() {
        return progress;
    }

    /** Whether it ended at {@link #MAX_HITS}. */
    public boolean isLimited() {
        return limited;
    }

    @Override
    public int size() {
        return shown.size();
    }

    @Override
    public @Nullable FindHit row(int index) {
        return index < shown.size() ? shown.get(index) : null;
    }

    private void take(Run mine, FindHit hit) {
        synchronized (mine) {
            if (mine.found >= MAX_HITS) {
                mine.full = true;
                mine.cancel.cancel();
                return;
            }
            mine.found++;
            mine.fresh.add(hit);
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
            progress = mine.latest;
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
