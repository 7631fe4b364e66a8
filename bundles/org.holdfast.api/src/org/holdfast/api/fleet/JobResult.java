package org.holdfast.api.fleet;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a job did, in numbers; those that do not apply are 0.
 *
 * @param point the recovery point that was made or restored from, or null
 * @param files files in the point, restored or verified
 * @param bytes their size
 * @param filesNew files that the point before did not have
 * @param filesChanged files that were read because they changed
 * @param filesUnchanged files that were not read
 * @param filesRemoved files that the point before had
 * @param bytesRead bytes of file data read
 * @param storedBytes bytes added to the vault
 * @param excluded entries left out by exclusions
 * @param entropy mean entropy of the new data, 0 to 8 bits per byte, or -1 when it was not measured
 * @param resumed whether a checkpoint was used
 * @param drill what a restore drill found, or null for other jobs
 */
public record JobResult(@Nullable String point, long files, long bytes, long filesNew, long filesChanged,
        long filesUnchanged, long filesRemoved, long bytesRead, long storedBytes, long excluded, double entropy,
        boolean resumed, @Nullable DrillResult drill) {
    /** What another job than a drill did. */
    public JobResult(@Nullable String point, long files, long bytes, long filesNew, long filesChanged,
            long filesUnchanged, long filesRemoved, long bytesRead, long storedBytes, long excluded, double entropy,
            boolean resumed) {
        this(point, files, bytes, filesNew, filesChanged, filesUnchanged, filesRemoved, bytesRead, storedBytes,
                excluded, entropy, resumed, null);
    }
}
