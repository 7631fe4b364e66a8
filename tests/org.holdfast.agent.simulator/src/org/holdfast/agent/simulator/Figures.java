package org.holdfast.agent.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What all agents together have seen since it was cleared. Thread-safe. */
final class Figures {
    /** From sending the request for a certificate to the certificate. */
    final Latencies enrol = new Latencies();
    /** From the start of a registration to its end, connections included. */
    final Latencies register = new Latencies();
    /** A poll without its waiting: from when it was due to its answer, less what the vault was to wait. */
    final Latencies heartbeat = new Latencies();
    /** Any report of a job, from when it was due; its first one includes making a connection. */
    final Latencies jobEvent = new Latencies();
    /** Those of them that begin or end a job, which are written at once. */
    final Latencies jobState = new Latencies();
    /** From sending the manifest to the commit. */
    final Latencies commit = new Latencies();
    /** From when a person was to ask for a backup to the command at the agent. */
    final Latencies backupNow = new Latencies();
    /** The same until the vault has the word of the agent that it runs. */
    final Latencies backupRunning = new Latencies();
    /** Recovery points committed. */
    final LongAdder points = new LongAdder();
    /** Jobs that have ended. */
    final LongAdder jobs = new LongAdder();
    private final ConcurrentMap<String, LongAdder> failures = new ConcurrentHashMap<>();

    /** Something went wrong. */
    void failed(String doing, Exception failure) {
        String what = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        failures.computeIfAbsent(doing + ": " + what, key -> new LongAdder()).increment();
    }

    /** What went wrong how often, since the beginning. */
    Map<String, Long> failures() {
        var all = new LinkedHashMap<String, Long>();
        failures.forEach((what, count) -> all.put(what, count.sum()));
        return all;
    }

    /** Begins anew; failures stay. */
    void clear() {
        for (Latencies each : new Latencies[] { heartbeat, jobEvent, jobState, commit, backupNow, backupRunning }) {
            each.clear();
        }
        points.reset();
        jobs.reset();
    }

    /** Everything that was seen in so many seconds. */
    Map<String, Object> summary(double seconds) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("seconds", seconds);
        put(summary, "heartbeat", heartbeat, seconds);
        put(summary, "jobEvent", jobEvent, seconds);
        put(summary, "jobState", jobState, seconds);
        put(summary, "commit", commit, seconds);
        put(summary, "backupNow", backupNow, seconds);
        put(summary, "backupRunning", backupRunning, seconds);
        summary.put("jobs", jobs.sum());
        summary.put("points", points.sum());
        return summary;
    }

    private static void put(Map<String, Object> summary, String name, Latencies latencies, double seconds) {
        Map<String, Object> values = latencies.summary();
        values.put("perSecond", latencies.count() / seconds);
        summary.put(name, values);
    }
}
