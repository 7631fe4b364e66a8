package org.holdfast.agent.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** What the vault has said yes to, and when each answer came how late. Thread-safe. */
final class Ledger {
    private final ConcurrentMap<String, String> points = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> jobs = new ConcurrentHashMap<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    private record Seen(long second, long nanos) {
    }

    /**
     * A second of the run.
     *
     * @param second since 1970
     * @param count answers in it
     * @param p99 of how late they were, milliseconds
     * @param max of that
     */
    record Second(long second, int count, double p99, double max) {
    }

    /** An answer came so late. */
    void answered(long nanos) {
        seen.add(new Seen(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()), nanos));
    }

    /** A point was committed. */
    void committed(String id, String server) {
        points.put(id, server);
    }

    /** The end of a job was taken down. */
    void ended(String job, String state) {
        jobs.put(job, state);
    }

    /** Forgets how late answers were. */
    void begin() {
        seen.clear();
    }

    /** Ids of committed points, each with its server. */
    Map<String, String> points() {
        return Map.copyOf(points);
    }

    /** Ids of ended jobs, each with its state. */
    Map<String, String> jobs() {
        return Map.copyOf(jobs);
    }

    /** Every second that had an answer, in order. */
    List<Second> seconds() {
        var all = new TreeMap<Long, List<Long>>();
        seen.forEach(each -> all.computeIfAbsent(each.second(), key -> new ArrayList<>()).add(each.nanos()));
        return all.entrySet().stream().map(entry -> second(entry.getKey(), entry.getValue())).toList();
    }

    private static Second second(long second, Collection<Long> late) {
        long[] sorted = late.stream().mapToLong(Long::longValue).sorted().toArray();
        int at = Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * 0.99) - 1);
        return new Second(second, sorted.length, sorted[at] / 1e6, sorted[sorted.length - 1] / 1e6);
    }
}
