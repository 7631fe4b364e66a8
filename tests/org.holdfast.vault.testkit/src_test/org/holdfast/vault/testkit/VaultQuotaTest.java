package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.fleet.Alerts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault keeps no more than its quota, whoever stores at the same time, and says so. */
class VaultQuotaTest {
    private static final int PACK = 30_000;

    @TempDir
    private Path folder;
    private final Random random = new Random(7);

    private byte[] pack() {
        byte[] bytes = new byte[PACK];
        random.nextBytes(bytes);
        return bytes;
    }

    private static HttpResponse<byte[]> put(NodeClient agent, SessionOpened session, byte[] pack) {
        try {
            String name = "data/" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pack));
            return agent.sendBytes("PUT", "/agent/v1/objects/" + name, pack, SessionOpened.HEADER, session.header());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SessionOpened session(NodeClient agent) {
        return agent.call("POST", "/agent/v1/sessions", Map.of("bootId", "boot-1", "purpose", "backup"),
                SessionOpened.class);
    }

    @Test
    void letsInWhatFitsAndNothingMore() throws Exception {
        try (VaultNode node = VaultNode.start(folder); NodeClient administrator = node.signIn()) {
            VaultSummary made = administrator.call("POST", "/api/v1/vaults",
                    Map.of("name", "main", "quotaBytes", 100_000), VaultSummary.class);
            assertEquals(100_000L, made.quotaBytes());
            assertEquals(400, administrator.send("POST", "/api/v1/vaults", "{\"name\":\"x1\",\"quotaBytes\":0}")
                    .statusCode());
            try (NodeClient one = node.enrol(administrator, "main", "machine-0123456789");
                    NodeClient two = node.enrol(administrator, "main", "machine-9876543210");
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<SessionOpened> sessions = List.of(session(one), session(two));
                List<NodeClient> agents = List.of(one, two);
                List<Future<HttpResponse<byte[]>>> answers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    byte[] pack = pack();
                    int who = i % 2;
                    answers.add(threads.submit(() -> put(agents.get(who), sessions.get(who), pack)));
                }
                int stored = 0;
                for (Future<HttpResponse<byte[]>> answer : answers) {
                    HttpResponse<byte[]> got = answer.get();
                    String said = new String(got.body(), StandardCharsets.UTF_8);
                    assertTrue(got.statusCode() == 201 || got.statusCode() == 507
                            && said.contains("\"quota-exceeded\""), () -> got.statusCode() + " " + said);
                    stored += got.statusCode() == 201 ? 1 : 0;
                }
                assertEquals(3, stored);
                Alerts alerts = node.get(Alerts.class);
                assertTrue(alerts.list(ListRequest.where("kind=vault-full", "severity=critical")).total() > 0);
                byte[] more = pack();
                assertEquals(507, put(one, sessions.get(0), more).statusCode());
                HttpResponse<String> edited = administrator.send("PUT", "/api/v1/vaults/main",
                        "{\"name\":\"main\",\"quotaBytes\":125000}", "If-Match", "\"1\"");
                assertEquals(200, edited.statusCode(), edited::body);
                assertEquals(201, put(one, sessions.get(0), more).statusCode());
                assertEquals(507, put(two, sessions.get(1), pack()).statusCode());
                administrator.send("PUT", "/api/v1/vaults/main", "{\"name\":\"main\"}", "If-Match", "\"2\"");
                assertEquals(201, put(two, sessions.get(1), pack()).statusCode());
            }
        }
    }
}
