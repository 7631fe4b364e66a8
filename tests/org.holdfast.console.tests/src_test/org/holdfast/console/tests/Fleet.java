package org.holdfast.console.tests;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.testkit.NodeClient;
import org.holdfast.vault.testkit.VaultNode;

/**
 * A vault node with a fleet in its catalogue, and a console that is connected to it. The servers are rows only: nobody
 * speaks for them, and the node does not judge them.
 */
final class Fleet implements AutoCloseable {
    private static final String[] ROLES = { "web", "db", "mail", "file", "app" };
    private static final String[] SITES = { "berlin", "osaka", "lyon" };
    private static final ServerState[] STATES = { ServerState.PROTECTED, ServerState.PROTECTED, ServerState.PROTECTED,
            ServerState.AT_RISK, ServerState.PROTECTED, ServerState.UNPROTECTED, ServerState.PROTECTED,
            ServerState.AT_RISK };

    private final VaultNode node;
    private final VaultConnections console;
    private final NodeClient people;

    /** @param servers how many protected servers there are, besides one that is retired */
    Fleet(Path folder, int servers) {
        node = VaultNode.start(folder.resolve("node"));
        people = node.signIn();
        console = new VaultConnections(folder.resolve("console"), Clock.systemUTC());
        people.call("POST", "/api/v1/vaults", CreateVault.of("main"), Object.class);
        people.call("POST", "/api/v1/vaults/main/policies", Policy.standard("daily").withItems(List.of("/srv")),
                Policy.class);
        people.call("POST", "/api/v1/vaults/main/policies", Policy.standard("databases").withItems(List.of("/var")),
                Policy.class);
        people.call("PUT", "/api/v1/vaults/main/policies/daily/assignments", new PolicyAssignments(List.of(), true),
                PolicyAssignments.class);
        node.get(Catalog.class).run(handle -> {
            UUID vault = handle.createQuery("select id from vaults").mapTo(UUID.class).one();
            UUID policy = handle.createQuery("select id from policies where name = 'daily'").mapTo(UUID.class).one();
            try (PreparedStatement insert = handle.getConnection().prepareStatement("""
                    insert into servers (id, vault_id, name, hostname, machine_id, addresses, os, zone, agent_version,
                        boot_id, tags, labels, items, effective_policy, effective_origin, applied_policy, drift,
                        state, reason, created, registered, retired, last_contact, last_backup, clock_skew, points,
                        stored_bytes, version)
                    values (?, ?, ?, ?, ?, ?, 'Debian GNU/Linux 12', 'UTC', ?, 'boot', ?, '{}',
                        '{"items":[]}', ?, 'default', '', ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 1)""")) {
                for (int i = 0; i <= servers; i++) {
                    fill(insert, i, vault, policy, i == servers ? ServerState.RETIRED : STATES[i % STATES.length]);
                    insert.addBatch();
                }
                insert.executeBatch();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void fill(PreparedStatement row, int i, UUID vault, UUID policy, ServerState state)
            throws SQLException {
        Instant now = Clock.systemUTC().instant();
        String role = ROLES[i % ROLES.length];
        String site = SITES[i % SITES.length];
        String name = role + String.format(Locale.ROOT, "%02d", i / ROLES.length + 1) + '.' + site;
        boolean backed = state != ServerState.UNPROTECTED;
        row.setObject(1, new UUID(7, i));
        row.setObject(2, vault);
        row.setString(3, name);
        row.setString(4, name + ".example");
        row.setString(5, "machine-" + i);
        row.setString(6, "[\"10.0." + i / 250 + "." + (i % 250 + 1) + "\"]");
        row.setString(7, i % 11 == 3 ? "0.0.9" : "0.1.0");
        row.setString(8, ",role:" + role + ",site:" + site + (i % 4 == 0 ? ",critical," : ","));
        row.setObject(9, policy);
        row.setString(10, i % 13 == 5 ? "The folder /srv is not there." : null);
        row.setString(11, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.setString(12, reason(state));
        row.setTimestamp(13, Timestamp.from(now));
        row.setTimestamp(14, Timestamp.from(now.minus(Duration.ofDays(40))));
        row.setTimestamp(15, state == ServerState.RETIRED ? Timestamp.from(now) : null);
        row.setTimestamp(16, Timestamp.from(now.minus(Duration.ofSeconds(20))));
        row.setTimestamp(17, backed ? Timestamp.from(now.minus(state == ServerState.PROTECTED
                ? Duration.ofMinutes(35L + 7L * (i % 100))
                : Duration.ofHours(50 + i % 90))) : null);
        row.setLong(18, backed ? 12 + i % 40 : 0);
        row.setLong(19, backed ? 1_000_000L * (17 + i * 131L % 900_000) : 0);
    }

    private static String reason(ServerState state) {
        return switch (state) {
            case AT_RISK -> "The last good backup is older than the policy allows.";
            case UNPROTECTED -> "There is no good backup yet.";
            default -> "";
        };
    }

    /** The node. */
    VaultNode node() {
        return node;
    }

    /** The console's connections, of which there is none at first. */
    VaultConnections console() {
        return console;
    }

    /** Somebody who is signed in, apart from the console. */
    NodeClient people() {
        return people;
    }

    String address() {
        return "127.0.0.1:" + node.port();
    }

    /** Connects the console, and waits until all servers are there. */
    FleetSession connect() throws Exception {
        String print = console.look(address()).get();
        LoginAnswer login = console.login(address(), print, "admin", VaultNode.PASSWORD.toCharArray()).get();
        FleetSession session = console.add("Head office", address(), print, login, false);
        Until.that("servers", () -> session.live().servers().status().state() == LiveList.State.COMPLETE);
        Until.that("policies", () -> session.live().policies().status().state() == LiveList.State.COMPLETE);
        return session;
    }

    @Override
    public void close() {
        console.close();
        people.close();
        node.close();
    }
}
