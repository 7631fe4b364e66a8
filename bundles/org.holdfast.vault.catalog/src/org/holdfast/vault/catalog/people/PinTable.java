package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.jdbi.v3.core.Handle;

/** Statements on security PINs and on the setting that asks for them. */
public final class PinTable {
    private PinTable() {
    }

    /**
     * A PIN that was given out.
     *
     * @param hash SHA-256, hexadecimal
     * @param expires until when it counts
     * @param failures how often something else was tried instead
     */
    public record PinRow(String hash, Instant expires, int failures) {
    }

    /** Puts an account's PIN in the place of the one before. */
    public static void put(Handle handle, String account, PinRow row) {
        remove(handle, account);
        handle.createUpdate("insert into security_pins (account, hash, expires, failures)"
                + " values (:account, :hash, :expires, :failures)").bind("account", account).bind("hash", row.hash())
                .bind("expires", row.expires()).bind("failures", row.failures()).execute();
    }

    /** The PIN of an account, locked for this transaction. */
    public static Optional<PinRow> lock(Handle handle, String account) {
        return handle.createQuery("select * from security_pins where account = :account for update")
                .bind("account", account).map((r, c) -> new PinRow(r.getString("hash"),
                        r.getObject("expires", OffsetDateTime.class).toInstant(), r.getInt("failures")))
                .findOne();
    }

    /** Takes an account's PIN away. */
    public static void remove(Handle handle, String account) {
        handle.createUpdate("delete from security_pins where account = :account").bind("account", account).execute();
    }

    /** Whether critical calls need a PIN; nothing when nobody has decided. */
    public static Optional<Boolean> required(Handle handle) {
        return handle.createQuery("select pin_required from security_settings where id = 1").mapTo(Boolean.class)
                .findOne();
    }

    /** Decides whether critical calls need a PIN. */
    public static void setRequired(Handle handle, boolean required) {
        if (handle.createUpdate("update security_settings set pin_required = :required where id = 1")
                .bind("required", required).execute() == 0) {
            handle.createUpdate("insert into security_settings (id, pin_required) values (1, :required)")
                    .bind("required", required).execute();
        }
    }
}
