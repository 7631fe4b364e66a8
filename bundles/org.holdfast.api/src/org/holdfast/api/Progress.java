package org.holdfast.api;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A snapshot of a running job.
 *
 * @param phase what it is busy with
 * @param files files handled so far
 * @param filesTotal files to handle in all, or -1 while that is unknown
 * @param bytes bytes of source (backup), of restored data (restore) or of packs (verify) handled so far
 * @param bytesTotal bytes to handle in all, or -1 while that is unknown
 * @param storedBytes bytes added to the vault so far
 * @param bytesPerSecond rate over the last seconds
 * @param remaining estimated time left, or null until the rate is stable
 * @param warnings number of items reported to {@link ProgressSink#warning} so far
 * @param current what is being handled now, for display only; may be empty
 */
public record Progress(Phase phase, long files, long filesTotal, long bytes, long bytesTotal, long storedBytes,
        double bytesPerSecond, @Nullable Duration remaining, long warnings, String current) {
}
