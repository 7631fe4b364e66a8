package org.holdfast.vault.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.events.VaultEvent;

/** A network fails, and many servers are lost and found in the same second: more than one batch of statements. */
class AllAtOnceTest {
    private static final int SERVERS = 1100;

    @EveryDatabase
    void losesAndFindsManyServersInOneGo(TestDatabase database) {
        var f = new FleetFixture(database);
        var servers = new HashSet<UUID>();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(f.server("web-" + i));
        }
        servers.forEach(f::poll);
        f.pass(Duration.ofSeconds(1));
        int before = f.events(VaultEvent.SERVER).size();

        f.pass(Duration.ofMinutes(3));

        assertEquals(SERVERS, count(f, "state=lost"));
        List<VaultEvent> told = f.events(VaultEvent.SERVER);
        var lost = new HashSet<String>();
        for (VaultEvent event : told.subList(before, told.size())) {
            ServerSummary summary = FleetFixture.body(event, ServerSummary.class);
            assertEquals(ServerState.LOST, summary.state());
            assertEquals(1, summary.openAlerts());
            lost.add(summary.id());
        }
        assertEquals(SERVERS, lost.size());
        assertEquals(SERVERS, open(f));
        assertEquals(SERVERS, f.events(VaultEvent.ALERT).size());

        servers.forEach(f::poll);
        f.pass(Duration.ofSeconds(1));

        assertEquals(0, count(f, "state=lost"));
        assertEquals(0, open(f));
        List<VaultEvent> alerts = f.events(VaultEvent.ALERT);
        assertEquals(2 * SERVERS, alerts.size());
        assertTrue(alerts.subList(SERVERS, alerts.size()).stream()
                .map(event -> FleetFixture.body(event, AlertSummary.class))
                .allMatch(alert -> alert.kind() == AlertKind.SERVER_LOST && alert.state() == AlertState.CLOSED));
    }

    private static long count(FleetFixture f, String filter) {
        return f.fleet.servers().list(f.vault, ListRequest.where(filter)).total();
    }

    private static long open(FleetFixture f) {
        return f.fleet.alerts().list(f.vault, ListRequest.where("state=open")).total();
    }
}
