package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultNodeTest {
    @TempDir
    private Path folder;

    @Test
    void goesOnAfterARestart() {
        String authority;
        String made;
        try (VaultNode node = VaultNode.start(folder); NodeClient administrator = node.signIn()) {
            authority = node.authorityPem();
            assertEquals(201, administrator.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}").statusCode());
            made = administrator.send("GET", "/api/v1/vaults/main", null).body();
        }
        try (VaultNode node = VaultNode.start(folder); NodeClient nobody = node.client()) {
            assertNull(node.administrator());
            assertEquals(authority, node.authorityPem());
            NodeClient administrator = nobody.login("admin", VaultNode.PASSWORD);
            assertEquals(made, administrator.send("GET", "/api/v1/vaults/main", null).body());
        }
    }

    @Test
    void isWellAndCounted() {
        try (VaultNode node = VaultNode.start(folder); NodeClient administrator = node.signIn()) {
            HttpResponse<String> health = administrator.as(null).send("GET", "/health", null);
            HttpResponse<String> metrics = administrator.send("GET", "/metrics", null);

            assertEquals(200, health.statusCode(), health::body);
            assertTrue(health.body().contains("\"catalogue\"") && health.body().contains("\"store\""));
            assertTrue(metrics.body().contains("holdfast_http_requests_total{route=\"login\""), metrics::body);
            assertTrue(metrics.body().contains("\nholdfast_servers 0.0\n"), metrics::body);
            assertTrue(metrics.body().contains("\nholdfast_stored_bytes 0.0\n"), metrics::body);
        }
    }

    @Test
    void repeatsNothing() {
        try (VaultNode node = VaultNode.start(folder); NodeClient administrator = node.signIn()) {
            String[] key = { "Idempotency-Key", "0123456789abcdef-1" };
            HttpResponse<String> first = administrator.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}", key);
            HttpResponse<String> again = administrator.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}", key);
            HttpResponse<String> other = administrator.send("POST", "/api/v1/vaults", "{\"name\":\"other\"}", key);

            assertEquals(201, first.statusCode());
            assertEquals(first.body(), again.body());
            assertEquals(201, again.statusCode());
            assertEquals(422, other.statusCode());
        }
    }

    @Test
    void registersServers() {
        try (VaultNode node = VaultNode.start(folder); NodeClient administrator = node.signIn()) {
            administrator.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}");
            try (NodeClient agent = node.enrol(administrator, "main", "machine-0123456789")) {
                assertEquals(200,
                        agent.send("POST", "/agent/v1/sessions", "{\"bootId\":\"boot-1\",\"purpose\":\"backup\"}")
                                .statusCode() / 100 * 100);
                assertNotNull(administrator.send("GET", "/api/v1/vaults/main/servers", null).body());
            }
        }
    }
}
