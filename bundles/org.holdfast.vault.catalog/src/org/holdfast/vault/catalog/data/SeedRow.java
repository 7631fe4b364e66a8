package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The import of a first backup that came on a disk.
 *
 * @param id its id
 * @param vault id of the vault
 * @param server id of the server
 * @param seed name of the folder
 * @param state {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param count what has been looked at
 * @param total what there is, zero until that is known
 * @param points recovery points entered
 * @param started when
 * @param startedBy by whom
 * @param ended when, or null
 * @param code why it failed, or null
 * @param message the same for people, or null
 */
public record SeedRow(UUID id, UUID vault, UUID server, String seed, String state, Amount count, Amount total,
        long points, Instant started, String startedBy, @Nullable Instant ended, @Nullable String code,
        @Nullable String message) {
    /**
     * So much.
     *
     * @param objects number of objects
     * @param bytes what they have together
     */
    public record Amount(long objects, long bytes) {
        /** Nothing. */
        public static final Amount NONE = new Amount(0, 0);
    }

    /** The same, further on. */
    public SeedRow at(Amount now, Amount all, long entered) {
        return new SeedRow(id, vault, server, seed, state, now, all, entered, started, startedBy, ended, code,
                message);
    }

    /** The same, ended. */
    public SeedRow ended(String how, Instant when, @Nullable String why, @Nullable String words) {
        return new SeedRow(id, vault, server, seed, how, count, total, points, started, startedBy, when, why, words);
    }
}
