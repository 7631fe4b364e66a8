package org.holdfast.api.fleet;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Phase;
import org.holdfast.api.Progress;

/**
 * How far a job is; without the name of what is handled at the moment, which does not concern the vault.
 *
 * @param phase what it is busy with
 * @param files files handled so far
 * @param filesTotal files in all, or -1 while unknown
 * @param bytes bytes of source or restored data handled so far
 * @param bytesTotal bytes in all, or -1 while unknown
 * @param storedBytes bytes added to the vault so far
 * @param bytesPerSecond rate over the last seconds
 * @param remainingSeconds estimated time left, or null until the rate is stable
 * @param warnings things reported so far
 */
public record JobProgress(Phase phase, long files, long filesTotal, long bytes, long bytesTotal, long storedBytes,
        double bytesPerSecond, @Nullable Long remainingSeconds, long warnings) {
    /** What the vault may know of an engine's progress. */
    public static JobProgress of(Progress progress) {
        var remaining = progress.remaining();
        return new JobProgress(progress.phase(), progress.files(), progress.filesTotal(), progress.bytes(),
                progress.bytesTotal(), progress.storedBytes(), progress.bytesPerSecond(),
                remaining == null ? null : remaining.toSeconds(), progress.warnings());
    }
}
