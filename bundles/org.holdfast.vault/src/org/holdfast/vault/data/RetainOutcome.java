package org.holdfast.vault.data;

import java.util.List;

import org.holdfast.vault.catalog.data.PointRow;

/**
 * What retention did to a server's points, or would do.
 *
 * @param kept points that stay, with the reasons
 * @param removed points whose time is over: they are deleted, and can be brought back as long as the vault says
 * @param purged points deleted earlier that are gone for good
 * @param packsRemoved packs that are gone
 * @param packsCompacted packs whose needed part was moved
 * @param bytesFreed fewer bytes than before
 * @param packsPending packs that wait for running backups to end
 * @param bytesRead bytes of packs read to move what is needed of them
 */
public record RetainOutcome(List<Kept> kept, List<PointRow> removed, List<PointRow> purged, long packsRemoved,
        long packsCompacted, long bytesFreed, long packsPending, long bytesRead) {
    /**
     * A point that stays.
     *
     * @param point it
     * @param reasons why, in words
     */
    public record Kept(PointRow point, List<String> reasons) {
    }
}
