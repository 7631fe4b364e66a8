package org.holdfast.vault.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The runs of an agent that have called. Each start has an id of its own, so one that was followed by another one never
 * comes back; when that happens again and again, two machines call with one identity: a copied disk, or a stolen
 * certificate. Guarded by its server's lock.
 */
final class Boots {
    /** A call that was on its way for long may come late once. */
    private static final int RETURNS = 3;
    private static final Duration TOGETHER = Duration.ofMinutes(10);
    private static final int KEPT = 8;

    private final LinkedHashMap<String, String> callers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };
    private String current = "";
    private String other = "";
    private int returns;
    private @Nullable Instant lastReturn;

    /**
     * A run has called.
     *
     * @param caller the machine, for people
     */
    void heard(String boot, String caller, Instant now) {
        if (!boot.equals(current)) {
            if (callers.containsKey(boot)) {
                returns = isQuiet(now) ? 1 : returns + 1;
                lastReturn = now;
                other = callers.getOrDefault(current, "");
            }
            current = boot;
        }
        callers.put(boot, caller);
    }

    private boolean isQuiet(Instant now) {
        Instant last = lastReturn;
        return last == null || Duration.between(last, now).abs().compareTo(TOGETHER) >= 0;
    }

    /** The two machines that call in turns, or null when it is one. */
    @Nullable
    String two(Instant now) {
        return returns < RETURNS || isQuiet(now) ? null : callers.getOrDefault(current, "") + " and " + other;
    }
}
