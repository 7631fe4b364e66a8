package org.holdfast.protocol.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.protocol.common.Json;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The wire between agents and vaults as files: a change that these tests notice breaks agents that are installed
 * already. New components may be added to the files, nothing else.
 */
class GoldenTest {
    @TestFactory
    Iterable<DynamicTest> writesAndReadsWhatItAlwaysDid() {
        return Samples.all().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            JsonNode golden = golden(e.getKey());
            Object sample = e.getValue();

            assertEquals(golden, Json.mapper().readTree(Json.bytes(sample)));
            Object back = Json.read(Json.bytes(golden), sample.getClass());
            assertEquals(golden, Json.mapper().readTree(Json.bytes(back)));
        })).toList();
    }

    @Test
    void hasAFileForEveryRecord() throws IOException, URISyntaxException {
        Path classes = Path.of(PollRequest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> records = new TreeSet<>();
        try (var files = Files.list(classes.resolve("org/holdfast/protocol/agent"))) {
            files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".class") && !n.contains("-"))
                    .map(n -> n.substring(0, n.length() - 6)).forEach(records::add);
        }
        records.removeIf(n -> !isRecord(n));

        assertTrue(records.size() > 15, records::toString);
        records.removeAll(Samples.all().keySet());
        assertEquals(Set.of(), records);
    }

    @Test
    void takesAnUnknownCommandAsSuch() throws IOException {
        Command command = Json.read("{\"id\":\"1\",\"kind\":\"fly\",\"expires\":\"2026-01-01T00:00:00Z\",\"how\":{}}",
                Command.class);

        assertEquals(CommandKind.UNKNOWN, command.what());
        for (CommandKind kind : CommandKind.values()) {
            assertEquals(kind, CommandKind.of(kind.wire()));
        }
    }

    private static boolean isRecord(String name) {
        try {
            return Class.forName("org.holdfast.protocol.agent." + name).isRecord();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("golden/" + name + ".json")) {
            assertNotNull(in, name);
            return Json.mapper().readTree(in);
        }
    }
}
