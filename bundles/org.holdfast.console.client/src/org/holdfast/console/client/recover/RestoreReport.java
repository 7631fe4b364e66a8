package org.holdfast.console.client.recover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.console.client.Failure;

/**
 * What a restore did, over all points it took from.
 *
 * @param dryRun whether it only counted
 * @param files files written
 * @param directories directories made or updated
 * @param bytes bytes of data written
 * @param unchanged files that were there already
 * @param skipped files left alone
 * @param copies files restored beside an existing one
 * @param replaced existing files replaced
 * @param warnings what could not be restored, or not completely
 * @param failure why it ended early, or null
 * @param elapsed how long it took
 * @param freeBytes room where the files go, -1 when that is not known
 */
public record RestoreReport(boolean dryRun, long files, long directories, long bytes, long unchanged, long skipped,
        long copies, long replaced, List<Warning> warnings, @Nullable Failure failure, Duration elapsed,
        long freeBytes) {
    /** How it ended. */
    public enum Outcome {
        DONE, DONE_WITH_WARNINGS, CANCELLED, FAILED
    }

    static RestoreReport of(boolean dryRun, List<RestoreResult> results, @Nullable Failure failure,
            Duration elapsed) {
        long files = 0;
        long directories = 0;
        long bytes = 0;
        long unchanged = 0;
        long skipped = 0;
        long copies = 0;
        long replaced = 0;
        var warnings = new ArrayList<Warning>();
        for (RestoreResult r : results) {
            files += r.files();
            directories += r.directories();
            bytes += r.bytes();
            unchanged += r.unchanged();
            skipped += r.skipped();
            copies += r.copies();
            replaced += r.replaced();
            warnings.addAll(r.warnings());
        }
        return new RestoreReport(dryRun, files, directories, bytes, unchanged, skipped, copies, replaced,
                List.copyOf(warnings), failure, elapsed, -1);
    }

    /** Whether what is to be written needs more room than there is. */
    public boolean isTooLarge() {
        return freeBytes >= 0 && bytes > freeBytes;
    }

    /** How it ended. */
    public Outcome outcome() {
        Failure f = failure;
        if (f != null) {
            return f.isCancelled() ? Outcome.CANCELLED : Outcome.FAILED;
        }
        return warnings.isEmpty() ? Outcome.DONE : Outcome.DONE_WITH_WARNINGS;
    }
}
