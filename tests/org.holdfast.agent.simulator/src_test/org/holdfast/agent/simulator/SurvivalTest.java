package org.holdfast.agent.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.protocol.common.Json;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** A few agents that know a node that is there and one that is not. */
class SurvivalTest {
    private static final int NOBODY = 1;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void losesNothing(@TempDir Path folder) throws Exception {
        try (VaultNode node = VaultNode.start(folder.resolve("node"))) {
            Path authority = Files.writeString(folder.resolve("ca.pem"), node.authorityPem());
            var options = new Survival.Options(List.of(node.port(), NOBODY), authority, node.administrator().name(),
                    node.administrator().secret(), 1, 1, 3, 2, 30, 1, 20, "0.1.0");
            new Survival(options, new BufferedReader(new StringReader("\n\n\n")),
                    new PrintStream(said, true, StandardCharsets.UTF_8)).run();

            String[] lines = said.toString(StandardCharsets.UTF_8).split("\n");
            JsonNode survived = Json.mapper().readTree(lines[lines.length - 1]);
            assertEquals("survived", survived.get("part").textValue());
            assertTrue(survived.get("jobs").intValue() > 0);
            assertEquals(survived.get("jobs").intValue(), survived.get("states").get("done").intValue());
            assertEquals(survived.get("jobs").intValue(), survived.get("points").intValue());
            assertEquals(0, survived.get("untrue").size(), survived::toString);
            assertEquals(0, survived.get("lost").size());
            assertTrue(survived.get("timeline").size() >= 2);
        }
    }
}
