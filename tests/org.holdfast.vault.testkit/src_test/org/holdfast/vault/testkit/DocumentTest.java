package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.protocol.common.Json;
import org.holdfast.vault.http.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The document that is kept with the sources is the one that the node gives. */
class DocumentTest {
    @TempDir
    private Path folder;

    @Test
    void theKeptDocumentIsTheOneOfTheRoutes() throws IOException {
        try (VaultNode node = VaultNode.start(folder); NodeClient client = node.client()) {
            String text = client.send("GET", "/api/v1/openapi.json", null).body();
            String made = Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(Json.mapper().readTree(text)) + "\n";
            Path kept = docs().resolve("openapi.json");
            if (Boolean.getBoolean("holdfast.golden")) {
                Files.writeString(kept, made);
            }

            assertEquals(Files.readString(kept), made,
                    "docs/openapi.json is out of date: run this test once with -Dholdfast.golden=true");
        }
    }

    @Test
    void everyRouteSaysWhatItDoesAndNothingPointsNowhere() throws IOException {
        try (VaultNode node = VaultNode.start(folder); NodeClient client = node.client()) {
            JsonNode document = Json.mapper().readTree(client.send("GET", "/api/v1/openapi.json", null).body());
            Set<String> operations = new HashSet<>();
            document.get("paths").forEach(path -> path.forEach(operation -> {
                operations.add(operation.get("operationId").textValue());
                assertFalse(operation.get("summary").textValue().isEmpty(), operation::toString);
            }));
            assertEquals(Set.copyOf(node.server().routes().stream().map(Route::name).toList()), operations);
            List<String> dangling = new ArrayList<>();
            for (JsonNode reference : document.findValues("$ref")) {
                if (document.at(reference.textValue().substring(1)).isMissingNode()) {
                    dangling.add(reference.textValue());
                }
            }
            assertEquals(List.of(), dangling);
        }
    }

    private static Path docs() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("docs")) || !Files.isDirectory(at.resolve("bundles"))) {
            at = at.getParent();
        }
        return at.resolve("docs");
    }
}
