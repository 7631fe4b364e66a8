package org.holdfast.agent.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.protocol.common.Json;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** A few agents against a real node: everything they do is accepted by it. */
class SimulatorTest {
    private static final int AGENTS = 4;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void playsAFleet(@TempDir Path folder) throws Exception {
        try (VaultNode node = VaultNode.start(folder.resolve("node"))) {
            simulator(node, folder, "\n\n\n\n\n").run();

            List<JsonNode> parts = parts();
            assertEquals(List.of("ready", "registered", "warm", "loaded", "policy"),
                    parts.stream().map(part -> part.get("part").textValue()).toList());
            parts.forEach(part -> assertEquals("{}", part.get("failures").toString()));
            assertEquals(AGENTS, parts.get(1).get("registered").intValue());
            JsonNode loaded = parts.get(3);
            for (String each : List.of("heartbeat", "jobEvent", "jobState", "commit", "backupNow", "backupRunning")) {
                assertTrue(loaded.get(each).get("count").intValue() > 0, each);
            }
            assertTrue(loaded.get("points").intValue() > 0);
            assertEquals(AGENTS, parts.get(4).get("count").intValue());
            assertEquals(AGENTS, parts.get(4).get("following").intValue());
        }
    }

    @Test
    void endsWhenNobodyIsInterested(@TempDir Path folder) throws Exception {
        try (VaultNode node = VaultNode.start(folder.resolve("node"))) {
            Simulator simulator = simulator(node, folder, "\n");
            assertThrows(IOException.class, simulator::run);
            assertEquals(2, parts().size());
        }
    }

    private Simulator simulator(VaultNode node, Path folder, String input) throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), node.authorityPem());
        var options = new Simulator.Options("127.0.0.1", node.port(), authority, node.administrator().name(),
                node.administrator().secret(), AGENTS, 2, 4, 1, AGENTS, 30, 1, 50, "0.1.0");
        return new Simulator(options, new BufferedReader(new StringReader(input)),
                new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private List<JsonNode> parts() throws IOException {
        var parts = new ArrayList<JsonNode>();
        for (String line : said.toString(StandardCharsets.UTF_8).split("\n")) {
            parts.add(Json.mapper().readTree(line));
        }
        return parts;
    }
}
