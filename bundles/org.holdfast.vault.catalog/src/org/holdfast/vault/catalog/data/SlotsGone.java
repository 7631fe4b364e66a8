package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements on the table of key slots that were removed for good. */
public final class SlotsGone {
    private SlotsGone() {
    }

    /** Takes down that a slot goes; again is as good as once. */
    public static void add(Handle handle, UUID server, String slot, Instant now) {
        handle.createUpdate("insert into data_slots_gone (server_id, slot, removed) values (:server, :slot, :now)"
                + " on conflict do nothing").bind("server", server).bind("slot", slot).bind("now", now).execute();
    }

    /** Whether a slot was removed. */
    public static boolean contains(Handle handle, UUID server, String slot) {
        return handle.createQuery("select count(*) from data_slots_gone where server_id = :server and slot = :slot")
                .bind("server", server).bind("slot", slot).mapTo(Long.class).one() > 0;
    }
}
