package org.holdfast.testkit.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers the calls of a {@link FaultyStore} and knows which of them go wrong. */
final class CallLog {
    private final Set<FaultyStore.Call> counted;
    private final Map<Integer, Fault> plan = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private boolean fired;
    private boolean bytesKept;

    CallLog(Set<FaultyStore.Call> counted) {
        this.counted = Set.copyOf(counted);
    }

    synchronized void plan(int n, Fault fault) {
        if (n < 1) {
            throw new IllegalArgumentException("Calls are counted from 1");
        }
        if (plan.putIfAbsent(n, fault) != null) {
            throw new IllegalArgumentException("Call " + n + " goes wrong already");
        }
    }

    /** Counts a call. Returns what is to happen to it, or null. */
    synchronized Fault next(FaultyStore.Call kind, String detail) {
        if (!counted.contains(kind)) {
            return null;
        }
        int n = lines.size() + 1;
        lines.add((n + " " + kind + " " + detail).strip());
        Fault fault = plan.get(n);
        fired |= fault != null;
        return fault;
    }

    synchronized int count() {
        return lines.size();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized boolean fired() {
        return fired;
    }

    /** Has uploads remember their bytes, which only a liar needs. */
    synchronized void keepBytes() {
        bytesKept = true;
    }

    synchronized boolean bytesKept() {
        return bytesKept;
    }
}
