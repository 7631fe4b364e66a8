package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements that find what ends soon. */
public final class ExpiryTable {
    private ExpiryTable() {
    }

    /**
     * Something that ends.
     *
     * @param id of the server or the credentials
     * @param vaultId its vault
     * @param name of the server; of credentials empty
     * @param ends when
     */
    public record Ending(UUID id, UUID vaultId, String name, Instant ends) {
    }

    /** Servers whose last certificate that holds ends before a time. */
    public static List<Ending> certificates(Handle handle, Instant before) {
        return handle.createQuery("""
                select s.id, s.vault_id, s.name, max(c.not_after) as ends
                from servers s join agent_certificates c on c.server_id = s.id and c.revoked is null
                where s.retired is null and s.registered is not null
                group by s.id, s.vault_id, s.name having max(c.not_after) < :before""").bind("before", before)
                .map((row, context) -> map(row)).list();
    }

    /**
     * Credentials that can still be used and end within a time from now. Those that were made for no longer than that
     * are left out: that they end soon is what somebody wanted.
     */
    public static List<Ending> credentials(Handle handle, Instant now, Duration soon) {
        return handle.createQuery("""
                select id, vault_id, '' as name, created, expires as ends from credentials
                where revoked is null and uses_left > 0 and expires > :after and expires < :before""")
                .bind("after", now).bind("before", now.plus(soon))
                .map((row, context) -> new Columns(row).time("created").plus(soon).isBefore(map(row).ends())
                        ? Optional.of(map(row))
                        : Optional.<Ending>empty())
                .stream().flatMap(Optional::stream).toList();
    }

    /**
     * A vault with a quota.
     *
     * @param id of the vault
     * @param name of the vault
     * @param quota bytes
     * @param used bytes
     */
    public record Filled(UUID id, String name, long quota, long used) {
    }

    /** Vaults that have a quota. */
    public static List<Filled> quotas(Handle handle) {
        return handle.createQuery("""
                select v.id, v.name, v.quota_bytes, (select coalesce(sum(d.used_bytes), 0) from data_servers d
                    where d.vault_id = v.id) as used from vaults v where v.quota_bytes is not null""")
                .map((row, context) -> {
                    var c = new Columns(row);
                    return new Filled(c.id("id"), c.text("name"), c.number("quota_bytes"), c.number("used"));
                }).list();
    }

    private static Ending map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new Ending(c.id("id"), c.id("vault_id"), c.text("name"), c.time("ends"));
    }
}
