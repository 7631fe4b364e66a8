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
 */
public record BackupResult(PointSummary point, long filesNew, long filesChanged, long filesUnchanged,
        long filesRemoved, long bytesRead, long newChunks, long excluded, boolean resumed, List<Warning> warnings) {
}
