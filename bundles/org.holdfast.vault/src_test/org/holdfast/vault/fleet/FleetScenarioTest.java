package org.holdfast.vault.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.PinPoint;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.AlertTable;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultTable;

/** The whole life of a fleet on either database, so that every statement runs on both. */
class FleetScenarioTest {
    private static final String JOB = "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e2a";

    @EveryDatabase
    void livesOnEitherDatabase(TestDatabase database) {
        FleetFixture f = new FleetFixture(database);
        policies(f);
        UUID server = f.server("web-1", "web");
        UUID other = f.server("web-2");
        Policy told = f.poll(server).policy().policy();
        assertEquals("daily", told.name());
        f.fleet.servers().setItems(f.vault, server.toString(), new ServerItems(List.of("/home"), told.exclusions()), 1);
        assertEquals(List.of("/home"), f.poll(server).policy().items());
        f.fleet.servers().change(f.vault, server.toString(), new ChangeServer("shop", null, Map.of("a", "b")), 2);

        backup(f, server);
        f.restart();
        assertEquals(JobState.DONE_WITH_WARNINGS, f.fleet.jobs().get(f.vault, JOB).state());
        assertEquals(2, f.fleet.jobs().warnings(f.vault, JOB, ListRequest.all()).total());
        point(f, server);
        f.passCalling(server, Duration.ofMinutes(4));
        assertEquals(ServerState.LOST, f.summary(other).state());
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        alerts(f);
        f.fleet.expiries().look();
        lists(f, server);
        f.fleet.commands().renewCertificate(server);
        f.fleet.servers().retire(f.vault, other.toString(), 1);
        f.pass(Duration.ofHours(7));
        f.kill();
        assertEquals(1, f.fleet.presence().all().size());
        assertEquals(2, f.fleet.vaults().get("main").value().servers() + 1);
        assertEquals(1, f.fleet.vaults().get("main").value().points());
    }

    @EveryDatabase
    void tellsOfWhatEndsSoon(TestDatabase database) {
        FleetFixture f = new FleetFixture(database);
        UUID server = f.server("web-1");
        Instant now = f.clock.instant();
        certificate(f, server, "1", now.plus(Duration.ofDays(5)));
        credentials(f, 8, now.minus(Duration.ofDays(9)), now.plus(Duration.ofHours(30)));
        credentials(f, 9, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(23)));
        f.fleet.expiries().look();
        f.fleet.expiries().look();
        assertEquals(List.of(AlertKind.CERTIFICATE_EXPIRING, AlertKind.CREDENTIALS_EXPIRING), open(f));

        certificate(f, server, "2", now.plus(Duration.ofDays(90)));
        f.clock.advance(Duration.ofHours(31));
        f.fleet.expiries().look();
        assertEquals(List.of(), open(f));
    }

    private static void credentials(FleetFixture f, int id, Instant made, Instant ends) {
        f.catalog.run(handle -> handle.createUpdate("""
                insert into credentials (id, vault_id, token_hash, fingerprint, policy, tags, uses_total, uses_left,
                    created, created_by, expires, revoked)
                values (:id, :vault, :hash, 'f', null, '[]', 1, 1, :made, 'ann', :ends, null)""")
                .bind("id", new UUID(8, id)).bind("vault", f.vault).bind("hash", "h" + id).bind("made", made)
                .bind("ends", ends).execute());
    }

    private static void certificate(FleetFixture f, UUID server, String serial, Instant ends) {
        Instant now = f.clock.instant();
        f.catalog.run(handle -> handle.createUpdate("""
                insert into agent_certificates (serial, server_id, not_before, not_after, issued, revoked, reason,
                    unproven)
                values (:serial, :server, :now, :ends, :now, null, null, false)""").bind("serial", serial)
                .bind("server", server).bind("now", now).bind("ends", ends).execute());
    }

    private static List<AlertKind> open(FleetFixture f) {
        return f.fleet.alerts().list(f.vault, ListRequest.where("state=open")).items().stream()
                .map(AlertSummary::kind).sorted().toList();
    }

    private static void policies(FleetFixture f) {
        Policy wanted = FleetTest.policy("daily");
        f.fleet.policies().create(f.vault, new Policy("daily", 0, "", wanted.items(), null, wanted.plan(), null, null,
                null, null, 0, null, true, 0, null), "ann");
        f.fleet.policies().assign(f.vault, "daily", new PolicyAssignments(List.of("web"), false));
        f.fleet.policies().create(f.vault, FleetTest.policy("other"), "ann");
        f.fleet.policies().edit(f.vault, "other", FleetTest.policy("other").withItems(List.of("/etc")), 1, "ben");
        f.fleet.policies().assign(f.vault, "other", new PolicyAssignments(List.of(), true));
    }

    private static void backup(FleetFixture f, UUID server) {
        f.fleet.jobs().start(f.vault, StartJob.backup(JOB, server.toString()), "ann");
        Command command = f.poll(server).commands().getFirst();
        f.poll(server, FleetFixture.BOOT, List.of(JOB), List.of(command.id()));
        f.report(server, JOB, f.state(1, JobState.RUNNING));
        var details = List.of(new WarningDetail("/a", "file-changed", "It changed."),
                new WarningDetail("/b\u00e9\ud83d\ude00", "file-vanished", "It is gone."));
        f.report(server, JOB, new JobEvent(2, f.clock.instant(), JobState.DONE, null,
                Map.of("file-changed", 1L, "file-vanished", 1L), details, FleetFixture.result(10, 1, 9, 0), null));
    }

    private static void point(FleetFixture f, UUID server) {
        Instant now = f.clock.instant();
        var row = new PointRow(server, "ab".repeat(32), f.vault, now, now, 5, "completed", "cd".repeat(16), null, 77,
                null, JOB, 0, 0, 0, null, 0, false, null, null, null);
        f.catalog.run(handle -> {
            DataServers.ensure(handle, server, f.vault);
            Points.insert(handle, row);
            DataServers.addUsed(handle, server, 77);
        });
        f.fleet.points().committed(row);
        assertEquals(77, f.summary(server).storedBytes());
        assertEquals(row.id(), f.fleet.points().get(f.vault, row.id()).id());
        assertEquals(1, f.fleet.points().list(f.vault, server.toString(), ListRequest.all()).total());
        FleetAlertsTest.backup(f, server, "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e2b", FleetFixture.result(12, 1, 9, 0),
                Map.of());
        assertEquals(12, f.fleet.points().get(f.vault, row.id()).files());
        pins(f, row.id());
        f.fleet.points().damaged(row, "A pack is gone.");
        f.fleet.points().full(f.vault, server, 5 << 20);
    }

    private static void pins(FleetFixture f, String id) {
        var points = f.fleet.points();
        Instant soon = f.clock.instant().plusSeconds(60);
        assertThrows(Refusal.class, () -> points.pin(f.vault, id, new PinPoint(f.clock.instant(), null), "ann", true));
        assertEquals(soon, points.pin(f.vault, id, new PinPoint(soon, "why"), "ann", false).pin().until());
        assertEquals(null, points.pin(f.vault, id, new PinPoint(null, null), "ann", false).pin().until());
        assertEquals("pin-shortened", assertThrows(Refusal.class,
                () -> points.pin(f.vault, id, new PinPoint(soon, null), "ann", false)).code());
        assertEquals("ben", points.pin(f.vault, id, new PinPoint(soon, "move"), "ben", true).pin().by());
        assertEquals("move", points.list(f.vault, ListRequest.all()).items().getFirst().pin().remark());
        f.clock.advance(Duration.ofMinutes(1));
        assertEquals(null, points.get(f.vault, id).pin());
        assertEquals(null, points.unpin(f.vault, id).pin());
    }

    private static void alerts(FleetFixture f) {
        var open = f.fleet.alerts().list(f.vault, ListRequest.where("state=open")).items();
        assertEquals(3, open.size(), open::toString);
        String id = open.getFirst().id();
        f.fleet.alerts().acknowledge(f.vault, id, "seen", "ann");
        f.fleet.alerts().mute(f.vault, id, f.clock.instant().plusSeconds(60));
        assertEquals("ann", f.fleet.alerts().get(null, id).acknowledgedBy());
    }

    private static void lists(FleetFixture f, UUID server) {
        every(VaultTable.LISTING, r -> f.fleet.vaults().list(r));
        every(PolicyTable.LISTING, r -> f.fleet.policies().list(f.vault, r));
        every(PolicyTable.VERSIONS, r -> f.fleet.policies().versions(f.vault, "other", r));
        every(ServerTable.LISTING, r -> f.fleet.servers().list(f.vault, r));
        every(JobTable.LISTING, r -> f.fleet.jobs().list(f.vault, r));
        every(JobTable.WARNINGS, r -> f.fleet.jobs().warnings(f.vault, JOB, r));
        every(AlertTable.LISTING, r -> f.fleet.alerts().list(f.vault, r));
        every(PointTable.LISTING, r -> f.fleet.points().list(f.vault, server.toString(), r));
    }

    private interface Lister {
        Page<?> page(ListRequest request);
    }

    /** Sorted by each column both ways, page by page, there is the same in the other order. */
    private static void every(Listing listing, Lister lister) {
        for (String column : listing.names()) {
            List<Object> up = all(lister, column + ",-" + listing.key());
            assertEquals(up.reversed(), all(lister, "-" + column + "," + listing.key()), column);
            lister.page(new ListRequest(1, null, "", List.of(column + "~=a")));
        }
    }

    private static List<Object> all(Lister lister, String sort) {
        var all = new ArrayList<Object>();
        ListRequest request = new ListRequest(1, null, sort, List.of());
        for (Page<?> page = lister.page(request);; page = lister.page(request.from(page.next()))) {
            all.addAll(page.items());
            if (page.next() == null) {
                assertEquals(page.total(), all.size());
                return all;
            }
        }
    }

    @EveryDatabase
    void letsOneOfManyWin(TestDatabase database) throws Exception {
        FleetFixture f = new FleetFixture(database);
        UUID server = f.server("web-1");
        f.poll(server);
        f.fleet.policies().create(f.vault, FleetTest.policy("daily"), "ann");
        var work = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 8; i++) {
            String user = "user-" + i;
            work.add(() -> f.fleet.jobs().start(f.vault, StartJob.backup(JOB, server.toString()), user)
                    .requestedBy().equals(user));
            work.add(() -> won(() -> f.fleet.policies().edit(f.vault, "daily",
                    FleetTest.policy("daily").withItems(List.of("/" + user)), 1, user)));
            work.add(() -> won(() -> f.fleet.alerts().raise(Finding.server(
                    AlertKind.DAMAGE, Severity.INFO, f.vault, server, user,
                    ""))));
        }
        int won = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> each : executor.invokeAll(work)) {
                won += each.get() ? 1 : 0;
            }
        }
        assertEquals(1 + 1 + 8, won);
        assertEquals(1, f.poll(server).commands().size());
        assertEquals(2, f.fleet.policies().get(f.vault, "daily").version());
        assertEquals(8, f.fleet.alerts().list(f.vault, ListRequest.all()).items().getFirst().count());
    }

    private static boolean won(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Refusal e) {
            assertEquals("changed-meanwhile", e.code());
            return false;
        }
    }
}
