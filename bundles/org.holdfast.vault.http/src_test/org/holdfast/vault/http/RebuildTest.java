package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.holdfast.api.CancelToken;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.FactsKeeper;
import org.holdfast.vault.data.Rebuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The catalogue and the index are gone, and are made anew from the store alone. */
@Timeout(300)
class RebuildTest extends LifeFixture {
    private void loseIndex() throws IOException {
        try (Stream<Path> files = Files.walk(node.objects(SERVER).resolve("index"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void everythingThatTheStoreKnowsIsThereAgain() throws IOException {
        String first = backup(1);
        String second = backup(2);
        node.catalog().run(h -> {
            h.createUpdate("update servers set registered = :now, machine_id = 'machine-0123456789', tags = ',web,'")
                    .bind("now", clock.instant()).execute();
            Points.setPin(h, SERVER, first, new PointPin(clock.instant(), null, "ada", "the good one"));
        });
        var facts = new FactsKeeper(node.catalog(), node.stores(), clock);
        facts.round(new CancelToken());
        vault("locked", 90);
        server(new RetentionRule(0, 9, 0, 0, 0));
        node.catalog().run(h -> h.createUpdate("update servers set registered = :now,"
                + " machine_id = 'machine-0123456789', tags = ',web,'").bind("now", clock.instant()).execute());
        facts.round(new CancelToken());
        loseIndex();

        try (Catalog anew = new Catalog(CatalogSettings.inMemory("rebuilt-" + UUID.randomUUID()))) {
            var rebuild = new Rebuild(anew, node.stores(),
                    new CommitService(anew, node.stores(), List.of(), clock), clock);
            Rebuild.Outcome done = rebuild.run();

            assertEquals(List.of(SERVER), done.servers());
            assertEquals(2, done.points());
            assertTrue(done.packs() >= 4, done.toString());
            var vault = anew.read(h -> VaultTable.byId(h, DataNode.VAULT)).orElseThrow();
            assertEquals("main locked 90", vault.name() + " " + vault.immutability() + " " + vault.softDeleteDays());
            ServerRow server = anew.read(h -> ServerTable.byId(h, SERVER)).orElseThrow();
            assertEquals("web machine-0123456789 ,web, unprotected 2", server.name() + " " + server.machineId() + " "
                    + server.tags() + " " + server.state() + " " + server.points());
            UUID policy = server.effectivePolicy();
            assertNotNull(policy);
            assertEquals(9, Json.read(anew.read(h -> PolicyTable.byId(h, policy)).orElseThrow().document(),
                    Policy.class).retention().daily());
            PointRow pinned = anew.read(h -> Points.byId(h, DataNode.VAULT, first)).orElseThrow();
            assertNotNull(pinned.pin());
            Instant keep = anew.read(h -> Points.byId(h, DataNode.VAULT, second)).orElseThrow().keepUntil();
            assertEquals(clock.instant().plus(Duration.ofDays(30)), keep);
            var known = anew.read(h -> DataServers.find(h, SERVER)).orElseThrow();
            assertEquals(node.catalog().read(h -> DataServers.find(h, SERVER)).orElseThrow().publicKey(),
                    known.publicKey());
            assertTrue(known.usedBytes() > 6_000_000, known.toString());

            Rebuild.Outcome again = rebuild.run();
            assertEquals(List.of(), again.servers());
            assertEquals(0, again.points() + again.packs());
        }
        try (Stream<Path> files = Files.walk(node.objects(SERVER).resolve("index"))) {
            assertTrue(files.filter(Files::isRegularFile).count() >= 2, "the index is there again");
        }
        assertTrue(restores(second, 2));
    }

    @Test
    void aStoreWithoutFactsIsMadeOutToo() throws IOException {
        String point = backup(1);
        try (Catalog anew = new Catalog(CatalogSettings.inMemory("rebuilt-" + UUID.randomUUID()))) {
            Rebuild.Outcome done = new Rebuild(anew, node.stores(),
                    new CommitService(anew, node.stores(), List.of(), clock), clock).run();
            assertEquals(1, done.points());
            assertEquals("recovered-00000000", anew.read(h -> ServerTable.byId(h, SERVER)).orElseThrow().name());
            assertEquals("on", anew.read(h -> VaultTable.byId(h, DataNode.VAULT)).orElseThrow().immutability());
            assertTrue(anew.read(h -> Points.byId(h, DataNode.VAULT, point)).isPresent());
        }
    }
}
