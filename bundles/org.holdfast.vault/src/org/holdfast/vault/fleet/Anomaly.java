package org.holdfast.vault.fleet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.holdfast.api.fleet.JobResult;

/**
 * Whether a backup is unlike the ones before it: what encrypting or deleting malware leaves behind. Each measure is
 * compared with the server's own history, so that a server that always changes a lot raises nothing.
 */
final class Anomaly {
    /** Backups that have to be there before anything is unusual. */
    static final int LEAST_HISTORY = 3;
    private static final long LEAST_FILES = 100;
    private static final long LEAST_BYTES = 4L << 20;
    private static final double MUCH_CHANGED = 0.25;
    private static final double MUCH_REMOVED = 0.25;
    private static final double RANDOM = 7.5;
    private static final double ENTROPY_JUMP = 1.0;
    private static final double TIMES = 3;

    private Anomaly() {
    }

    /** What is unusual about a backup, one sentence; empty when nothing is. */
    static Optional<String> find(JobResult now, List<JobResult> before) {
        if (before.size() < LEAST_HISTORY) {
            return Optional.empty();
        }
        double removed = removed(now);
        double usuallyRemoved = before.stream().mapToDouble(Anomaly::removed).max().orElse(0);
        if (now.filesRemoved() >= LEAST_FILES && removed >= MUCH_REMOVED && removed > TIMES * usuallyRemoved) {
            return Optional.of(percent(removed) + " of the files are gone; before it was at most "
                    + percent(usuallyRemoved) + ".");
        }
        double changed = changed(now);
        double usuallyChanged = before.stream().mapToDouble(Anomaly::changed).max().orElse(0);
        if (now.filesChanged() >= LEAST_FILES && changed >= MUCH_CHANGED && changed > TIMES * usuallyChanged) {
            return Optional.of(percent(changed) + " of the files have changed; before it was at most "
                    + percent(usuallyChanged) + ".");
        }
        double usualEntropy = before.stream().filter(r -> r.entropy() >= 0).mapToDouble(JobResult::entropy).max()
                .orElse(8);
        if (now.entropy() >= RANDOM && now.entropy() - usualEntropy >= ENTROPY_JUMP
                && now.bytesRead() >= LEAST_BYTES) {
            return Optional.of(String.format(Locale.ROOT,
                    "New data looks random: %.1f bits in a byte; before it was at most %.1f.", now.entropy(),
                    usualEntropy));
        }
        return Optional.empty();
    }

    private static double changed(JobResult result) {
        long known = result.filesChanged() + result.filesUnchanged() + result.filesRemoved();
        return known == 0 ? 0 : (double) result.filesChanged() / known;
    }

    private static double removed(JobResult result) {
        long known = result.filesChanged() + result.filesUnchanged() + result.filesRemoved();
        return known == 0 ? 0 : (double) result.filesRemoved() / known;
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
