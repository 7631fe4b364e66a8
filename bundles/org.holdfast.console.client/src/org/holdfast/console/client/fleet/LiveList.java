package org.holdfast.console.client.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Observers;

/**
 * Everything of one kind that a vault server has, read in parts and then kept fresh by events. Thread-safe. Observers
 * are told on a background thread, at most about three times a second, and take a {@link #snapshot()} then.
 *
 * @param <T> kind of the rows, immutable values
 */
public final class LiveList<T> {
    /** How far a list is. */
    public enum State {
        /** Nobody has asked for it yet. */
        NOT_ASKED,
        /** Parts come in. */
        LOADING,
        /** All is there, and kept fresh while the session is connected. */
        COMPLETE,
        /** Could not be read, or not to its end. */
        FAILED,
        /** This account may not see it. */
        NO_RIGHT
    }

    /**
     * How far a list is, in numbers.
     *
     * @param state how far
     * @param loaded rows that are there
     * @param total rows that there are in all, -1 while unknown
     * @param asOf when it was complete last, by this computer's clock, null before
     * @param failure why it could not be read, or null
     */
    public record Status(State state, int loaded, long total, @Nullable Instant asOf, @Nullable Failure failure) {
    }

    private final Function<T, String> key;
    private final Observers<LiveList<T>> changes = new Observers<>();
    private final Coalescer notice;
    private final Map<String, T> rows = new LinkedHashMap<>();
    /** What events brought while parts were being read: newer than what the parts bring. */
    private final Set<String> touched = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private @Nullable List<T> snapshot;
    private State state = State.NOT_ASKED;
    private long total = -1;
    private @Nullable Instant asOf;
    private @Nullable Failure failure;

    LiveList(ScheduledExecutorService timer, Function<T, String> key) {
        this.key = key;
        notice = new Coalescer(timer, () -> changes.fire(this));
    }

    /** All rows, in no certain order; never changes. */
    public synchronized List<T> snapshot() {
        List<T> known = snapshot;
        if (known == null) {
            known = List.copyOf(rows.values());
            snapshot = known;
        }
        return known;
    }

    /** A row by its id (policies: {@link VaultPolicy#key()}), null when there is none. */
    public synchronized @Nullable T get(String id) {
        return rows.get(id);
    }

    /** How many rows there are. */
    public synchronized int size() {
        return rows.size();
    }

    /** How far it is. */
    public synchronized Status status() {
        return new Status(state, rows.size(), total, asOf, failure);
    }

    /** Told after rows or status changed. */
    public Observers<LiveList<T>> changes() {
        return changes;
    }

    void begin() {
        synchronized (this) {
            state = State.LOADING;
            total = -1;
            failure = null;
            touched.clear();
            seen.clear();
        }
        notice.soon();
    }

    /** @param all how many there are in all, -1 when not known */
    void part(Collection<T> part, long all) {
        synchronized (this) {
            for (T row : part) {
                String id = key.apply(row);
                seen.add(id);
                if (!touched.contains(id)) {
                    rows.put(id, row);
                }
            }
            total = all;
            snapshot = null;
        }
        notice.soon();
    }

    /** @param spared what is kept although it was not among the parts */
    void complete(Instant now, Predicate<T> spared) {
        synchronized (this) {
            rows.entrySet().removeIf(row -> !seen.contains(row.getKey()) && !touched.contains(row.getKey())
                    && !spared.test(row.getValue()));
            state = State.COMPLETE;
            total = rows.size();
            asOf = now;
            snapshot = null;
            touched.clear();
            seen.clear();
        }
        notice.now();
    }

    void failed(Failure why, boolean noRight) {
        synchronized (this) {
            state = noRight ? State.NO_RIGHT : State.FAILED;
            failure = why;
            touched.clear();
            seen.clear();
        }
        notice.now();
    }

    void put(T row) {
        synchronized (this) {
            String id = key.apply(row);
            if (state == State.LOADING) {
                touched.add(id);
            }
            rows.put(id, row);
            snapshot = null;
        }
        notice.soon();
    }

    void remove(String id) {
        synchronized (this) {
            if (state == State.LOADING) {
                touched.add(id);
            }
            if (rows.remove(id) == null) {
                return;
            }
            snapshot = null;
        }
        notice.soon();
    }

    void removeIf(Predicate<T> gone) {
        synchronized (this) {
            if (!rows.values().removeIf(gone)) {
                return;
            }
            snapshot = null;
        }
        notice.soon();
    }

    /** Drops the last by an order when there are more than a limit, down to nine tenths of it. */
    synchronized void trim(int limit, Comparator<T> order) {
        if (rows.size() > limit) {
            List<T> sorted = new ArrayList<>(rows.values());
            sorted.sort(order);
            sorted.subList(limit - limit / 10, sorted.size()).forEach(row -> rows.remove(key.apply(row)));
            snapshot = null;
        }
    }

    /** Tells observers although nothing changed: the session did. */
    void tell() {
        notice.soon();
    }

    void clear() {
        synchronized (this) {
            rows.clear();
            state = State.NOT_ASKED;
            total = -1;
            asOf = null;
            failure = null;
            snapshot = null;
        }
        notice.now();
    }
}
