package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.console.client.Failure;

/**
 * Rows that are shown while they are being found; one search of them at a time. All but what a {@link Run} is handed is
 * for the user interface thread.
 *
 * @param <T> a row
 * @param <P> what a search says of itself
 */
public abstract class Gathering<T, P> implements RowSource<T> {
    private static final long TELL_MILLIS = 200;

    /** How far it is. */
    public enum State {
        IDLE, RUNNING, DONE, CANCELLED, FAILED
    }

    private final int most;
    private final Executor ui;
    private final Runnable changed;
    private final List<T> shown = new ArrayList<>();
    private State state = State.IDLE;
    private @Nullable Run run;
    private @Nullable P progress;
    private @Nullable Failure failure;
    private boolean limited;

    /**
     * @param most rows at which it ends: nobody reads more, and memory is bounded
     * @param changed told when rows, progress or state changed, at most about five times a second
     */
    Gathering(int most, Executor ui, Runnable changed) {
        this.most = most;
        this.ui = ui;
        this.changed = changed;
    }

    /** One search; its thread hands over what it finds. */
    final class Run {
        private final CancelToken cancel = new CancelToken();
        private final List<T> fresh = new ArrayList<>();
        private @Nullable P latest;
        private int found;
        private boolean full;
        private boolean telling;

        /** Ends the search when somebody wants it, or there are too many rows. */
        CancelToken cancel() {
            return cancel;
        }

        /** Something was found. */
        void take(T row) {
            synchronized (this) {
                if (found >= most) {
                    full = true;
                    cancel.cancel();
                    return;
                }
                found++;
                fresh.add(row);
            }
            tellSoon();
        }

        /** How far the search is. */
        void reached(P now) {
            synchronized (this) {
                latest = now;
            }
            tellSoon();
        }

        private void tellSoon() {
            synchronized (this) {
                if (telling) {
                    return;
                }
                telling = true;
            }
            CompletableFuture.delayedExecutor(TELL_MILLIS, TimeUnit.MILLISECONDS, ui).execute(() -> {
                if (run == this) {
                    drain();
                    changed.run();
                }
            });
        }

        private synchronized void drain() {
            telling = false;
            add(shown, fresh);
            fresh.clear();
            progress = latest;
            limited = full;
        }
    }

    /** Puts what was found lately where it belongs. */
    void add(List<T> all, List<T> fresh) {
        all.addAll(fresh);
    }

    /** Starts a search in place of the one that may be running. */
    final void begin(Function<Run, CompletableFuture<?>> search) {
        cancel();
        reset();
        state = State.RUNNING;
        var mine = new Run();
        run = mine;
        search.apply(mine).whenCompleteAsync((nothing, thrown) -> ended(mine, thrown), ui);
        changed.run();
    }

    private void reset() {
        shown.clear();
        failure = null;
        progress = null;
        limited = false;
    }

    /** Stops the running search and keeps its rows. */
    public final void cancel() {
        Run mine = run;
        if (mine != null) {
            mine.cancel.cancel();
            mine.drain();
            run = null;
            state = State.CANCELLED;
            changed.run();
        }
    }

    /** Forgets everything. */
    public final void clear() {
        cancel();
        reset();
        state = State.IDLE;
        changed.run();
    }

    /** How far it is. */
    public final State state() {
        return state;
    }

    /** Why it failed, or null. */
    public final @Nullable Failure failure() {
        return failure;
    }

    /** What the search last said of itself, or null. */
    public final @Nullable P progress() {
        return progress;
    }

    /** Whether it ended because there were too many rows. */
    public final boolean isLimited() {
        return limited;
    }

    @Override
    public final int size() {
        return shown.size();
    }

    @Override
    public final @Nullable T row(int index) {
        return index < shown.size() ? shown.get(index) : null;
    }

    private void ended(Run mine, @Nullable Throwable thrown) {
        if (run != mine) {
            return;
        }
        mine.drain();
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
