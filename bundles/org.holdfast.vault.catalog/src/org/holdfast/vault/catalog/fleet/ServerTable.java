package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements over protected servers. */
public final class ServerTable {
    private static final String ALERTS = "(select count(*) from alerts a where a.server_id = s.id"
            + " and a.state in ('open', 'acknowledged'))";
    private static final String RUNNING = "(select count(*) from jobs j where j.server_id = s.id"
            + " and j.state in ('running', 'paused'))";
    private static final String RECOUNT = """
            update servers set
                points = (select count(*) from data_points p where p.server_id = servers.id
                    and p.deleted is null),
                stored_bytes = coalesce((select d.used_bytes from data_servers d where d.server_id = servers.id), 0)""";
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("s.*, v.name as vault_name, p.name as policy_name,"
            + " p.version as policy_version, " + ALERTS + " as open_alerts, " + RUNNING + " as running,"
            + " d.state as drill_state, d.document as drill_document",
            "servers s join vaults v on v.id = s.vault_id left join policies p on p.id = s.effective_policy"
                    + " left join server_drills d on d.server_id = s.id")
            .column("id", "s.id", Type.ID).column("name", "s.name", Type.TEXT)
            .column("hostname", "s.hostname", Type.TEXT).column("machineId", "s.machine_id", Type.TEXT)
            .column("addresses", "s.addresses", Type.TEXT).column("os", "s.os", Type.TEXT)
            .column("agentVersion", "s.agent_version", Type.TEXT).column("tags", "s.tags", Type.TEXT)
            .column("labels", "s.labels", Type.TEXT).column("state", "s.state", Type.TEXT)
            .column("reason", "s.reason", Type.TEXT).nullable("registered", "s.registered", Type.TIME)
            .nullable("lastContact", "s.last_contact", Type.TIME).nullable("lastBackup", "s.last_backup", Type.TIME)
            .nullable("nextBackup", "s.next_backup", Type.TIME).nullable("policy", "p.name", Type.TEXT)
            .column("policyOrigin", "s.effective_origin", Type.TEXT).nullable("drift", "s.drift", Type.TEXT)
            .column("points", "s.points", Type.NUMBER).column("storedBytes", "s.stored_bytes", Type.NUMBER)
            .column("openAlerts", ALERTS, Type.NUMBER).column("running", RUNNING, Type.NUMBER)
            .column("drillState", "coalesce(d.state, 'off')", Type.TEXT)
            .nullable("lastDrill", "d.drilled", Type.TIME).key("id")
            .order("name").build();

    private ServerTable() {
    }

    /** Adds a server. */
    public static void insert(Handle handle, ServerRow row) {
        handle.createUpdate("""
                insert into servers (id, vault_id, name, hostname, machine_id, addresses, os, zone, agent_version,
                    boot_id, tags, labels, items, policy_id, effective_policy, effective_origin, applied_policy,
                    drift, state, reason, created, registered, retired, last_contact, last_backup, last_outcome,
                    next_backup, clock_skew, domain_id, public_key, intake_key, intake_proof, key_holder, points,
                    stored_bytes, version)
                values (:id, :vaultId, :name, :hostname, :machineId, :addresses, :os, :zone, :agentVersion,
                    :bootId, :tags, :labels, :items, :policyId, :effectivePolicy, :effectiveOrigin, :appliedPolicy,
                    :drift, :state, :reason, :created, :registered, :retired, :lastContact, :lastBackup, :lastOutcome,
                    :nextBackup, :clockSkew, :domainId, :publicKey, :intakeKey, :intakeProof, :keyHolder, :points,
                    :storedBytes, :version)""").bindMethods(row).execute();
    }

    /** A server by identity. */
    public static Optional<ServerRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select * from servers where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** Servers by identity, in no order. */
    public static List<ServerRow> byIds(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of()
                : handle.createQuery("select * from servers where id in (<ids>)").bindList("ids", List.copyOf(ids))
                        .map((row, context) -> map(row)).list();
    }

    /** A server by identity, kept from being changed by others until the end of the transaction. */
    public static Optional<ServerRow> lock(Handle handle, UUID id) {
        return handle.createQuery("select * from servers where id = :id for update").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** Servers of a machine in a vault, the newest first. */
    public static List<ServerRow> byMachine(Handle handle, UUID vault, String machineId) {
        return handle.createQuery("""
                select * from servers where vault_id = :vault and machine_id = :machine order by created desc""")
                .bind("vault", vault).bind("machine", machineId).map((row, context) -> map(row)).list();
    }

    /** All servers that are not retired. */
    public static List<ServerRow> active(Handle handle) {
        return handle.createQuery("select * from servers where retired is null").map((row, context) -> map(row))
                .list();
    }

    /** A vault's servers that are not retired. */
    public static List<ServerRow> active(Handle handle, UUID vault) {
        return handle.createQuery("select * from servers where retired is null and vault_id = :vault")
                .bind("vault", vault).map((row, context) -> map(row)).list();
    }

    /** Number of a vault's servers, retired ones too. */
    public static long count(Handle handle, UUID vault) {
        return handle.createQuery("select count(*) from servers where vault_id = :vault").bind("vault", vault)
                .mapTo(Long.class).one();
    }

    /** A page of servers. */
    public static Page<ServerListRow> list(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "s.vault_id = :vault", Map.of("vault", vault), request,
                (row, context) -> listRow(row));
    }

    /** One server as in a list. */
    public static Optional<ServerListRow> listRow(Handle handle, UUID vault, UUID id) {
        return handle.createQuery("select " + LISTING.select() + " from " + LISTING.from()
                + " where s.vault_id = :vault and s.id = :id").bind("vault", vault).bind("id", id)
                .map((row, context) -> listRow(row)).findOne();
    }

    /** Servers of any vault as in a list, in no order. */
    public static List<ServerListRow> listRows(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of()
                : handle.createQuery(
                        "select " + LISTING.select() + " from " + LISTING.from() + " where s.id in (<ids>)")
                        .bindList("ids", List.copyOf(ids)).map((row, context) -> listRow(row)).list();
    }

    /** Writes what people edit, when the version is still the one before the row's. */
    public static boolean edit(Handle handle, ServerRow row) {
        return handle.createUpdate("""
                update servers set name = :name, tags = :tags, labels = :labels, items = :items,
                    policy_id = :policyId, version = :version where id = :id and version = :version - 1""")
                .bindMethods(row).execute() == 1;
    }

    /**
     * Which policy holds for a server.
     *
     * @param id the server
     * @param policy the policy, or null
     * @param origin wire name of why
     */
    public record Holding(UUID id, @Nullable UUID policy, String origin) {
    }

    /** Writes which policies hold. */
    public static void setEffective(Handle handle, Collection<Holding> holdings) {
        if (holdings.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("""
                update servers set effective_policy = :policy, effective_origin = :origin where id = :id""")) {
            holdings.forEach(holding -> batch.bindMethods(holding).add());
            batch.execute();
        }
    }

    /**
     * How a server stands.
     *
     * @param id the server
     * @param state wire name
     * @param reason one sentence
     */
    public record Standing(UUID id, String state, String reason) {
    }

    /**
     * Writes how servers stand.
     *
     * @param node leaves out servers that are not this node's; null for none
     */
    public static void setStates(Handle handle, Collection<Standing> standings, @Nullable UUID node) {
        if (standings.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(
                "update servers set state = :state, reason = :reason where id = :id and retired is null"
                        + own(node))) {
            standings.forEach(standing -> add(batch.bindMethods(standing), node));
            batch.execute();
        }
    }

    private static String own(@Nullable UUID node) {
        return node == null ? "" : " and node_id = :node";
    }

    private static void add(PreparedBatch batch, @Nullable UUID node) {
        if (node != null) {
            batch.bind("node", node);
        }
        batch.add();
    }

    /** Writes how the last backup ended, and when the last good one began. */
    public static void setBackup(Handle handle, UUID id, String outcome, @Nullable Instant good) {
        handle.createUpdate("""
                update servers set last_outcome = :outcome,
                    last_backup = case when cast(:good as timestamp with time zone) is null then last_backup
                        when last_backup is null or last_backup < :good then :good else last_backup end
                where id = :id""").bind("id", id).bind("outcome", outcome).bindByType("good", good, Instant.class)
                .execute();
    }

    /** Begins the registration of a machine that was here before, or is here again. */
    public static void reenrol(Handle handle, UUID id, String hostname, String os, String agentVersion) {
        handle.createUpdate("""
                update servers set hostname = :hostname, os = :os, agent_version = :version, retired = null
                where id = :id""").bind("id", id).bind("hostname", hostname).bind("os", os)
                .bind("version", agentVersion).execute();
    }

    /** Writes the keys with which a registration is complete. */
    public static void setKeys(Handle handle, UUID id, Instant registered, String state, String domainId,
            String publicKey, String intakeKey, @Nullable String intakeProof, String keyHolder) {
        handle.createUpdate("""
                update servers set registered = coalesce(registered, :registered),
                    state = case when state in ('registering', 'retired') then :state else state end,
                    domain_id = :domainId, public_key = :publicKey, intake_key = :intakeKey,
                    intake_proof = :intakeProof, key_holder = :keyHolder where id = :id""").bind("id", id)
                .bind("registered", registered).bind("state", state).bind("domainId", domainId)
                .bind("publicKey", publicKey).bind("intakeKey", intakeKey)
                .bindByType("intakeProof", intakeProof, String.class).bind("keyHolder", keyHolder).execute();
    }

    /** Takes away a server whose registration was never complete. */
    public static boolean deleteUnregistered(Handle handle, UUID id) {
        return handle.createUpdate("delete from servers where id = :id and registered is null").bind("id", id)
                .execute() == 1;
    }

    /** Forgets a server that was given up, with its jobs and alerts; false when it was not. */
    public static boolean deleteRetired(Handle handle, UUID id) {
        return handle.createUpdate("delete from servers where id = :id and retired is not null").bind("id", id)
                .execute() == 1;
    }

    /** Gives a server up. */
    public static boolean retire(Handle handle, UUID id, Instant at, long version) {
        return handle.createUpdate("""
                update servers set retired = :at, state = 'retired', reason = '', version = :version + 1
                where id = :id and version = :version and retired is null""").bind("id", id).bind("at", at)
                .bind("version", version).execute() == 1;
    }

    /** Counts anew the recovery points of a server and what its objects take up. */
    public static void recount(Handle handle, UUID id) {
        handle.createUpdate(RECOUNT + " where id = :id").bind("id", id).execute();
    }

    /** {@link #recount(Handle, UUID)} for all servers. */
    public static void recount(Handle handle) {
        handle.createUpdate(RECOUNT).execute();
    }

    /**
     * Writes what agents reported.
     *
     * @param node leaves out servers that are not this node's; null for none
     */
    public static void setContacts(Handle handle, Collection<ContactRow> contacts, @Nullable UUID node) {
        if (contacts.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("""
                update servers set hostname = :hostname, addresses = :addresses, os = :os, zone = :zone,
                    agent_version = :agentVersion, boot_id = :bootId, applied_policy = :appliedPolicy,
                    drift = :drift, last_contact = :lastContact, next_backup = :nextBackup, clock_skew = :clockSkew
                where id = :id""" + own(node))) {
            for (ContactRow contact : contacts) {
                add(batch.bindMethods(contact), node);
            }
            batch.execute();
        }
    }

    private static ServerListRow listRow(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new ServerListRow(map(row), c.text("vault_name"), c.textOrNull("policy_name"),
                c.number("policy_version"), c.number("open_alerts"), (int) c.number("running"),
                c.textOrNull("drill_state"), c.textOrNull("drill_document"));
    }

    private static ServerRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new ServerRow(c.id("id"), c.id("vault_id"), c.text("name"), c.text("hostname"), c.text("machine_id"),
                c.text("addresses"), c.text("os"), c.text("zone"), c.text("agent_version"), c.text("boot_id"),
                c.text("tags"), c.text("labels"), c.text("items"), c.idOrNull("policy_id"),
                c.idOrNull("effective_policy"), c.text("effective_origin"), c.text("applied_policy"),
                c.textOrNull("drift"), c.text("state"), c.text("reason"), c.time("created"),
                c.timeOrNull("registered"), c.timeOrNull("retired"), c.timeOrNull("last_contact"),
                c.timeOrNull("last_backup"), c.textOrNull("last_outcome"), c.timeOrNull("next_backup"),
                c.number("clock_skew"), c.textOrNull("domain_id"), c.textOrNull("public_key"),
                c.textOrNull("intake_key"), c.textOrNull("intake_proof"), c.textOrNull("key_holder"),
                c.number("points"), c.number("stored_bytes"), c.number("version"));
    }
}
