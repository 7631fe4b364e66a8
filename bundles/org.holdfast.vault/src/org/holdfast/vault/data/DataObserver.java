package org.holdfast.vault.data;

import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.data.PointRow;
import org.jdbi.v3.core.Handle;

/**
 * Told of what happens on the data path. Methods must return quickly; what they throw is logged and goes no further.
 */
public interface DataObserver {
    /**
     * A point is being committed: inside of its transaction, so that what is written here holds exactly when the point
     * does. Unlike elsewhere, an exception here undoes the transaction, which is then tried again by the agent.
     */
    default void committing(Handle handle, PointRow point) {
        // nothing unless somebody wants it
    }

    /** A point is in the catalogue; after the transaction. */
    default void committed(PointRow point) {
        // nothing unless somebody wants it
    }

    /** A point was removed by retention. */
    default void removed(PointRow point) {
        // nothing unless somebody wants it
    }

    /** A point was deleted or brought back; it is still there. */
    default void changed(PointRow point) {
        // nothing unless somebody wants it
    }

    /**
     * The vault's clock was looked at.
     *
     * @param doubt why it cannot be trusted, one sentence; null when it can
     */
    default void clock(@Nullable String doubt) {
        // nothing unless somebody wants it
    }

    /**
     * A point turned out to be damaged in the store.
     *
     * @param damage what is wrong, one sentence
     */
    default void damaged(PointRow point, String damage) {
        // nothing unless somebody wants it
    }

    /**
     * A pack turned out to be damaged or missing.
     *
     * @param object name of the pack
     * @param detail what is wrong, one sentence
     * @param points ids of the points that it hurts, the newest first
     */
    default void packDamaged(UUID vault, UUID server, String object, String detail, List<String> points) {
        // nothing unless somebody wants it
    }

    /** A damaged pack hurts nothing any more: its content was stored again, or nothing needs it. */
    default void packHealed(UUID server, String object) {
        // nothing unless somebody wants it
    }

    /**
     * How many servers of a vault have packs that were not read again in time; called when that was looked at.
     *
     * @param servers how many, 0 when all is well
     * @param days in which every pack should be read again
     */
    default void scrubLate(UUID vault, int servers, int days) {
        // nothing unless somebody wants it
    }

    /**
     * Something was refused because there is no room.
     *
     * @param free bytes left in the store, or of the server's quota
     */
    default void full(UUID vault, UUID server, long free) {
        // nothing unless somebody wants it
    }
}
