package org.holdfast.vault.catalog.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.TestCatalogs;
import org.holdfast.vault.catalog.data.DataServers;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;

class FleetTablesTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final UUID VAULT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);

    private Catalog catalog;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        catalog.run(handle -> {
            assertTrue(VaultTable.insert(handle, vault(VAULT, "Main")));
            assertTrue(VaultTable.insert(handle, vault(OTHER, "other")));
        });
    }

    @EveryDatabase
    void keepsNamesOfVaultsUnique() {
        assertFalse(did(handle -> VaultTable.insert(handle, vault(new UUID(1, 3), "MAIN"))));
        assertEquals(VAULT, catalog.read(handle -> VaultTable.byName(handle, "mAIN")).orElseThrow().id());
    }

    @EveryDatabase
    void editsAVaultOnce() {
        VaultRow next =
                new VaultRow(VAULT, "main", "north", "g", "s", "{\"a\":\"b\"}", "geo", "on", 30, true, null, NOW,
                        2, 5L << 40);

        assertTrue(did(handle -> VaultTable.update(handle, next)));
        assertFalse(did(handle -> VaultTable.update(handle, next)));
        assertEquals(next, catalog.read(handle -> VaultTable.byId(handle, VAULT)).orElseThrow());
    }

    @EveryDatabase
    void keepsVersionsOfPolicies() {
        PolicyRow first = policy(1, "{}");
        PolicyRow second = policy(2, "{\"level\":3}");
        assertTrue(did(handle -> PolicyTable.insert(handle, first)));
        assertFalse(did(handle -> PolicyTable.insert(handle,
                new PolicyRow(new UUID(2, 2), VAULT, "daily", 1, "{}", NOW, "eve"))));
        assertTrue(did(handle -> PolicyTable.update(handle, second)));
        assertFalse(did(handle -> PolicyTable.update(handle, second)));

        assertEquals(List.of(second, first),
                catalog.read(handle -> PolicyTable.versions(handle, first.id(), ListRequest.all())).items());
        assertEquals(List.of(second), catalog.read(handle -> PolicyTable.list(handle, VAULT, ListRequest.all()))
                .items());
    }

    @EveryDatabase
    void givesATagOnePolicy() {
        catalog.run(handle -> PolicyTable.insert(handle, policy(1, "{}")));
        UUID id = policy(1, "").id();
        catalog.run(handle -> PolicyTable.setTags(handle, VAULT, id, List.of("web", "db")));
        catalog.run(handle -> PolicyTable.setTags(handle, VAULT, id, List.of("web")));

        assertEquals(Map.of("web", id), catalog.read(handle -> PolicyTable.tags(handle, VAULT)));
        assertTrue(did(handle -> PolicyTable.isUsed(handle, id)));
        assertThrows(RuntimeException.class,
                () -> catalog.run(handle -> PolicyTable.setTags(handle, VAULT, new UUID(9, 9), List.of("x"))));
    }

    @EveryDatabase
    void listsServersOfOneVault() {
        ServerRow server = server(new UUID(3, 1), VAULT);
        catalog.run(handle -> {
            ServerTable.insert(handle, server);
            ServerTable.insert(handle, server(new UUID(3, 2), OTHER));
            ServerTable.setContacts(handle, List.of(new ContactRow(server.id(), "renamed", "[]", "os", "UTC", "2",
                    "boot", "v", null, NOW, null, -5)), null);
            ServerTable.setBackup(handle, server.id(), "done", NOW);
            ServerTable.setBackup(handle, server.id(), "failed", null);
            DataServers.ensure(handle, server.id(), VAULT);
            DataServers.addUsed(handle, server.id(), 100);
            ServerTable.recount(handle);
            ServerTable.recount(handle, server.id());
        });

        var page = catalog.read(handle -> ServerTable.list(handle, VAULT, ListRequest.where("hostname~=ENAM",
                "tags~=,web,", "openAlerts=0", "running=0")));
        assertEquals(1, page.total());
        ServerRow read = page.items().getFirst().server();
        assertEquals("renamed", read.hostname());
        assertEquals("web-1", read.name());
        assertEquals(NOW, read.lastBackup());
        assertEquals("failed", read.lastOutcome());
        assertEquals(100, read.storedBytes());
        assertEquals(Optional.empty(), catalog.read(handle -> ServerTable.listRow(handle, OTHER, server.id())));
    }

    @EveryDatabase
    void leavesEndedJobsAlone() {
        catalog.run(handle -> ServerTable.insert(handle, server(new UUID(3, 1), VAULT)));
        JobRow queued = job("queued", null);
        assertTrue(did(handle -> JobTable.insert(handle, queued)));
        assertFalse(did(handle -> JobTable.insert(handle, queued)));
        assertEquals(List.of(queued), catalog.read(JobTable::open));
        assertTrue(did(handle -> JobTable.update(handle, job("done", "{\"files\":1}"))));
        assertFalse(did(handle -> JobTable.update(handle, job("failed", null))));

        assertEquals("done", catalog.read(handle -> JobTable.byId(handle, queued.id())).orElseThrow().state());
        assertEquals(List.of("{\"files\":1}"), catalog.read(handle -> JobTable.results(handle, queued.serverId(),
                new UUID(0, 0), 5)));
        assertEquals(1, catalog.read(handle -> JobTable.list(handle, VAULT, ListRequest.where("state=done",
                "kind=backup"))).total());
    }

    @EveryDatabase
    void keepsEachNamedWarningOnce() {
        catalog.run(handle -> {
            ServerTable.insert(handle, server(new UUID(3, 1), VAULT));
            JobTable.insert(handle, job("running", null));
        });
        UUID id = job("running", null).id();
        WarningRow one = new WarningRow(id, 1, "/a", "file-changed", "It changed.");
        catalog.run(handle -> JobTable.addWarnings(handle, List.of(one)));
        catalog.run(handle -> JobTable.addWarnings(handle, List.of(one, new WarningRow(id, 2, "/b", "x", "y"))));

        assertEquals(Long.valueOf(2), catalog.read(handle -> JobTable.warningCount(handle, id)));
        assertEquals(one, catalog.read(handle -> JobTable.warnings(handle, id, ListRequest.all())).items().getFirst());
    }

    @EveryDatabase
    void hasOneOpenAlertForACause() {
        AlertRow alert = alert(new UUID(5, 1));
        AlertRow again = alert(new UUID(5, 2));
        assertEquals(Set.of(alert.id()), catalog.write(handle -> AlertTable.raise(handle, List.of(alert))).added());
        AlertTable.Raised twice = catalog.write(handle -> AlertTable.raise(handle, List.of(again)));
        assertEquals(new AlertTable.Raised(Set.of(), Set.of(alert.id())), twice);
        assertTrue(did(handle -> AlertTable.decide(handle, alert.id(), "muted", null, "", NOW)));
        assertEquals(List.of(), catalog.write(handle -> AlertTable.unmute(handle, NOW.minusSeconds(1))));
        assertEquals(List.of(alert.id()), catalog.write(handle -> AlertTable.unmute(handle, NOW)));
        List<String> causes = List.of("cause", "another");
        assertEquals(Map.of(alert.id(), "cause"), catalog.write(handle -> AlertTable.close(handle, causes, NOW)));
        assertEquals(Map.of(), catalog.write(handle -> AlertTable.close(handle, causes, NOW)));
        assertFalse(did(handle -> AlertTable.decide(handle, alert.id(), "open", null, "", null)));
        assertEquals(Set.of(again.id()), catalog.write(handle -> AlertTable.raise(handle, List.of(again))).added());

        AlertRow closed = catalog.read(handle -> AlertTable.listRow(handle, alert.id())).orElseThrow().alert();
        assertEquals(2, closed.occurrences());
        assertEquals("closed", closed.state());
        assertEquals(2, catalog.read(handle -> AlertTable.list(handle, VAULT, ListRequest.all())).total());
    }

    @EveryDatabase
    void keepsCommandsInOrder() {
        UUID server = new UUID(3, 1);
        CommandRow second = new CommandRow(new UUID(6, 2), server, 2, "cancel", null, "{}", NOW, NOW);
        CommandRow first = new CommandRow(new UUID(6, 1), server, 1, "backup", new UUID(7, 7), "{}", NOW, NOW);
        catalog.run(handle -> {
            ServerTable.insert(handle, server(server, VAULT));
            CommandTable.insert(handle, second);
            CommandTable.insert(handle, first);
        });

        assertEquals(List.of(first, second), catalog.read(CommandTable::all));
        catalog.run(handle -> CommandTable.delete(handle, List.of(first.id())));
        assertEquals(List.of(second), catalog.read(CommandTable::all));
        catalog.run(handle -> CommandTable.deleteOf(handle, server));
        assertEquals(List.of(), catalog.read(CommandTable::all));
    }

    private boolean did(Function<Handle, Boolean> work) {
        return catalog.write(work);
    }

    private static VaultRow vault(UUID id, String name) {
        return new VaultRow(id, name, "", "", "", "{}", "local", "off", 14, false, null, NOW, 1, null);
    }

    private static PolicyRow policy(long version, String document) {
        return new PolicyRow(new UUID(2, 1), VAULT, "daily", version, document, NOW, "ann");
    }

    private static ServerRow server(UUID id, UUID vault) {
        return new ServerRow(id, vault, "web-1", "web-1", "machine", "[]", "Debian", "UTC", "1", "", ",web,", "{}",
                "{}",
                null, null, "none", "", null, "unprotected", "", NOW, null, null, null, null, null, null, 0, null, null,
                null, null, null, 0, 0, 1);
    }

    private static JobRow job(String state, String result) {
        return new JobRow(new UUID(4, 1), VAULT, new UUID(3, 1), "backup", state, "request", "ann", NOW, null, null,
                null,
                "[]", null, 0, null, null, null, result, null, null, null, "{}", 0, null, 0, "", NOW);
    }

    private static AlertRow alert(UUID id) {
        return new AlertRow(id, VAULT, null, "job-failed", "critical", "open", "cause", "It failed.", "", null, 1, NOW,
                NOW, null, null, "", null, 1, null);
    }
}
