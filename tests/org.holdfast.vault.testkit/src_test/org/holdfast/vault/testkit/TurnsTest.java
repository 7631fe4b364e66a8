package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.protocol.common.Json;
import org.holdfast.sql.testkit.PostgresServer;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.data.Housekeeping;
import org.holdfast.vault.fleet.NodeWatch;
import org.holdfast.vault.nodes.Turn;
import org.holdfast.vault.nodes.Turns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** What one of several nodes does at a time, and how they know of each other. */
class TurnsTest {
    @TempDir
    private static Path folder;

    private static TwoNodes nodes;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(PostgresServer.isAvailable());
        nodes = new TwoNodes(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void oneNodeAtATimeCleansUp() {
        TwoNodes.await("the start has been cleaned up after", () -> nodes.second.get(Housekeeping.class).round());
        try (Turn turn = nodes.first.get(Turns.class).tryTake("housekeeping").orElseThrow()) {
            assertTrue(turn.holds());
            assertFalse(nodes.first.get(Housekeeping.class).round());
            assertFalse(nodes.second.get(Housekeeping.class).round());
        }
        assertTrue(nodes.second.get(Housekeeping.class).round());
    }

    @Test
    void whoLosesItsConnectionLosesItsTurns() {
        Catalog catalog = nodes.second.get(Catalog.class);
        Turn turn = nodes.first.get(Turns.class).tryTake("test").orElseThrow();
        assertTrue(nodes.second.get(Turns.class).tryTake("test").isEmpty());
        nodes.first.get(Catalog.class).run(turn::require);
        // that of the other node is cut too: both take turns anew
        catalog.run(handle -> handle.createQuery("select cast(pg_terminate_backend(pid) as text)"
                + " from pg_stat_activity where application_name = 'holdfast locks' and datname = current_database()")
                .mapTo(String.class).list());
        var next = new ArrayList<Turn>();
        TwoNodes.await("the other node's turn", () -> {
            nodes.second.get(Turns.class).tryTake("test").ifPresent(next::add);
            return !next.isEmpty();
        });
        try (Turn taken = next.getFirst()) {
            assertTrue(taken.fence() > turn.fence());
            assertThrows(Refusal.class, () -> nodes.first.get(Catalog.class).run(turn::require));
            TwoNodes.await("the first one notices", () -> !turn.holds());
        } finally {
            turn.close();
        }
    }

    @Test
    void nodesAreListedAndMissed() throws IOException {
        Catalog catalog = nodes.second.get(Catalog.class);
        List<JsonNode> alive = list();
        assertEquals(2, alive.size());
        assertEquals(1, alive.stream().filter(n -> n.get("answering").asBoolean()).count());
        assertEquals(Catalog.schemaVersion(), alive.getFirst().get("schema").textValue());

        catalog.run(handle -> handle.execute("insert into nodes (id, name, addresses, version, schema_version,"
                + " started, last_contact) values (gen_random_uuid(), 'gone:1', 'gone:1', '0.1.0', '080', now(),"
                + " now() - interval '1 minute')"));
        TwoNodes.await("an alert", () -> alerts().contains("gone:1"));
        JsonNode gone = list().stream().filter(n -> !n.get("alive").asBoolean()).findFirst().orElseThrow();
        String id = alive.getFirst().get("id").textValue();
        assertEquals(409, nodes.ann.send("DELETE", "/api/v1/nodes/" + id, null).statusCode());
        assertEquals(204, nodes.ann.send("DELETE", "/api/v1/nodes/" + gone.get("id").textValue(), null).statusCode());
        TwoNodes.await("no alert", () -> !alerts().contains("gone:1"));
        assertEquals(2, list().size());
    }

    @Test
    void aNodeWithAnotherAuthorityDoesNotStart() {
        var refused = assertThrows(RuntimeException.class, () -> nodes.node("stranger"));
        assertTrue(String.valueOf(refused.getMessage()).contains("authority"), refused::getMessage);
        assertEquals(2, nodes.first.get(NodeWatch.class).list().size());
    }

    private static String alerts() {
        return nodes.ann.send("GET", "/api/v1/alerts?filter=state=open&filter=kind=node-lost", null).body();
    }

    private static List<JsonNode> list() throws IOException {
        var all = new ArrayList<JsonNode>();
        Json.mapper().readTree(nodes.ann.send("GET", "/api/v1/nodes", null).body()).get("items").forEach(all::add);
        return all;
    }
}
