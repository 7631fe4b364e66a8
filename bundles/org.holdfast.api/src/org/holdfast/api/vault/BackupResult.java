package org.holdfast.api.vault;

import java.util.List;

import org.holdfast.api.Warning;

/**
 * What a backup did.
 *
 * @param point the new recovery point
 * @param filesNew files not in the parent point
 * @param filesChanged files that were read because they changed
 * @param filesUnchanged files that were not read
 * @param filesRemoved files of the parent point that are gone
 * @param bytesRead bytes of file data read
 * @param newChunks chunks added to the vault
 * @param excluded entries left out by exclusions
 * @param resumed whether a checkpoint of an interrupted backup was used
 * @param warnings what was skipped or handled in part
 * @param entropy mean entropy of the new data, from samples, 0 to 8 bits per byte; -1 when there was too little of it
 */
public record BackupResult(PointSummary point, long filesNew, long filesChanged, long filesUnchanged,
        long filesRemoved, long bytesRead, long newChunks, long excluded, boolean resumed, List<Warning> warnings,
        double entropy) {
    /** A backup whose new data was not measured. */
    public BackupResult(PointSummary point, long filesNew, long filesChanged, long filesUnchanged, long filesRemoved,
            long bytesRead, long newChunks, long excluded, boolean resumed, List<Warning> warnings) {
        this(point, filesNew, filesChanged, filesUnchanged, filesRemoved, bytesRead, newChunks, excluded, resumed,
                warnings, -1);
    }
}
