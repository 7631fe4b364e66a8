package org.holdfast.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.ManyResult.State;

/**
 * One action on many things: a few at a time, each with its own result; those that failed can be tried again alone.
 * Thread-safe. Observers are told on the thread they wish.
 *
 * @param <T> the things
 */
public final class ManyAction<T> {
    private final Function<T, CompletableFuture<?>> action;
    private final Function<T, @Nullable String> skip;
    private final Executor ui;
    private final int atOnce;
    private final List<ManyResult<T>> results = new ArrayList<>();
    private final Observers<ManyAction<T>> changes = new Observers<>();
    private int running;
    /** Nothing waits before this place. */
    private int first;
    private boolean starting;
    private boolean cancelled;
    private boolean telling;

    /**
     * @param targets what to act on
     * @param skip why a thing is left out, null when it is not
     * @param action starts the action on one thing and does not wait
     * @param atOnce how many at a time, 1 or more
     * @param ui where observers are told
     */
    public ManyAction(List<T> targets, Function<T, @Nullable String> skip, Function<T, CompletableFuture<?>> action,
            int atOnce, Executor ui) {
        this.action = action;
        this.skip = skip;
        this.ui = ui;
        this.atOnce = atOnce;
        targets.forEach(target -> results.add(new ManyResult<>(target, State.WAITING, "", null)));
    }

    /** How each stands, in the order of the targets. */
    public synchronized List<ManyResult<T>> results() {
        return List.copyOf(results);
    }

    /** How many stand so. */
    public synchronized long count(State state) {
        return results.stream().filter(r -> r.state() == state).count();
    }

    /** Whether all is over. */
    public synchronized boolean isOver() {
        return results.stream().allMatch(ManyResult::isOver);
    }

    /** Told after results changed; changes that come quickly are told together. */
    public Observers<ManyAction<T>> changes() {
        return changes;
    }

    /** Starts. */
    public void start() {
        next();
    }

    /** Gives up what has not begun; what is being done comes to its end. */
    public void cancel() {
        synchronized (this) {
            cancelled = true;
            results.replaceAll(r -> r.state() == State.WAITING
                    ? new ManyResult<>(r.target(), State.CANCELLED, "", null)
                    : r);
        }
        tell();
    }

    /** Tries those that failed, or were given up, once more. */
    public void retryFailed() {
        synchronized (this) {
            cancelled = false;
            first = 0;
            results.replaceAll(r -> r.state() == State.FAILED || r.state() == State.CANCELLED
                    ? new ManyResult<>(r.target(), State.WAITING, "", null)
                    : r);
        }
        next();
    }

    /** Starts what may start; a call from within, by an answer that is there at once, leaves it to the one at work. */
    private void next() {
        synchronized (this) {
            if (starting) {
                return;
            }
            starting = true;
        }
        for (int index = take(); index >= 0; index = take()) {
            run(index);
        }
        tell();
    }

    /** The next one to start, or -1; skips on the way. */
    private synchronized int take() {
        while (first < results.size() && running < atOnce && !cancelled) {
            int index = first++;
            T target = results.get(index).target();
            if (results.get(index).state() == State.WAITING) {
                String reason = skip.apply(target);
                if (reason == null) {
                    results.set(index, new ManyResult<>(target, State.RUNNING, "", null));
                    running++;
                    return index;
                }
                results.set(index, new ManyResult<>(target, State.SKIPPED, reason, null));
            }
        }
        starting = false;
        return -1;
    }

    private void run(int index) {
        T target;
        synchronized (this) {
            target = results.get(index).target();
        }
        CompletableFuture<?> future;
        try {
            future = action.apply(target);
        } catch (RuntimeException e) {
            future = CompletableFuture.failedFuture(e);
        }
        future.whenComplete((value, thrown) -> {
            synchronized (this) {
                running--;
                results.set(index, thrown == null ? new ManyResult<>(target, State.DONE, "", null)
                        : new ManyResult<>(target, State.FAILED, "", Failure.of(thrown)));
            }
            next();
        });
    }

    private void tell() {
        synchronized (this) {
            if (telling) {
                return;
            }
            telling = true;
        }
        ui.execute(() -> {
            synchronized (this) {
                telling = false;
            }
            changes.fire(this);
        });
    }
}
