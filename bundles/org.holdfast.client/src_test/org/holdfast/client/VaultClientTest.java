package org.holdfast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.common.ProblemBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

@Timeout(60)
class VaultClientTest {
    private record Thing(String name, int size) {
    }

    private final AtomicReference<HttpHandler> handler = new AtomicReference<>();
    private final AtomicInteger calls = new AtomicInteger();
    private TestServer server;
    private VaultClient client;
    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = new TestServer(e -> {
            calls.incrementAndGet();
            handler.get().handle(e);
        });
        client = new VaultClient(server.settings());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static void problem(HttpExchange e, int status, String code) throws IOException {
        e.getResponseHeaders().set("Content-Type", ProblemBody.MEDIA_TYPE);
        TestServer.answer(e, status,
                Json.text(ProblemBody.of(status, code, "It is so.", "Do something.", "size")));
    }

    /** Ends the connection in the middle of an answer. */
    private static void breakOff(HttpExchange e) throws IOException {
        e.sendResponseHeaders(200, 100);
        e.getResponseBody().write("{".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        e.getResponseBody().flush();
        throw new IOException("broken on purpose");
    }

    @Test
    void carriesValuesBothWays() {
        handler.set(e -> {
            Thing in = Json.read(e.getRequestBody().readAllBytes(), Thing.class);
            e.getResponseHeaders().set("ETag", "\"7\"");
            TestServer.answer(e, 201, Json.text(new Thing(in.name() + e.getRequestMethod() + e.getRequestURI(), 2)));
        });

        Answer<Thing> answer = client.send(Call.post("/a", new Thing("x", 1)).query("q", "ä/&"), Thing.class);

        assertEquals(new Answer<>(201, "\"7\"", null, new Thing("xPOST/a?q=%C3%A4%2F%26", 2)), answer);
    }

    @Test
    void readsLists() {
        handler.set(e -> TestServer.answer(e, 200, "{\"items\":[{\"name\":\"a\",\"size\":3}],\"next\":\"n\"}"));

        Page<Thing> page = client.list("/things", Thing.class);

        assertEquals(new Page<>(List.of(new Thing("a", 3)), "n", null), page);
    }

    @Test
    void sendsTheTagOfWhatItEdits() {
        var seen = new CopyOnWriteArrayList<String>();
        handler.set(e -> {
            seen.add(e.getRequestMethod() + e.getRequestHeaders().getFirst("If-Match"));
            TestServer.answer(e, 204, "");
        });

        assertNull(client.put("/a", new Thing("x", 1), "\"1\"", Thing.class));
        client.patch("/a", new Thing("x", 1), "\"2\"", Thing.class);
        client.delete("/a", "\"3\"");
        client.delete("/a", null);

        assertEquals(List.of("PUT\"1\"", "PATCH\"2\"", "DELETE\"3\"", "DELETEnull"), seen);
    }

    @Test
    void tellsProblems() {
        handler.set(e -> problem(e, 409, "session-lost"));

        RemoteException e = assertThrows(RemoteException.class, () -> client.get("/a", Thing.class));

        assertEquals("409 session-lost INVALID_REQUEST It is so. Do something. size", e.status() + " " + e.code() + " "
                + e.problem() + " " + e.getMessage() + " " + e.advice() + " " + e.field());
        assertEquals(1, calls.get());
    }

    @Test
    void knowsProblemsByTheirCodes() {
        handler.set(e -> problem(e, 507, "vault-full"));
        assertEquals(Problem.STORE_FULL,
                assertThrows(RemoteException.class, () -> client.get("/a", Thing.class)).problem());
        handler.set(e -> problem(e, 400, "weak-passphrase"));
        assertEquals(Problem.WEAK_PASSPHRASE,
                assertThrows(RemoteException.class, () -> client.get("/a", Thing.class)).problem());
    }

    @Test
    void bearsAnswersOfOthers() {
        handler.set(e -> TestServer.answer(e, 403, "<html>no</html>"));

        RemoteException e = assertThrows(RemoteException.class, () -> client.get("/a", Thing.class));

        assertEquals("http-403 ACCESS_DENIED", e.code() + " " + e.problem());
    }

    @Test
    void comesBackWhenAskedTo() {
        handler.set(e -> {
            if (calls.get() < 3) {
                e.getResponseHeaders().set("Retry-After", "0");
                problem(e, calls.get() == 1 ? 429 : 503, "busy");
            } else {
                TestServer.answer(e, 200, "{}");
            }
        });

        assertEquals(200, client.send(Call.patch("/a", new Thing("x", 1)), Thing.class).status());
        assertEquals(3, calls.get());
    }

    @Test
    void givesUpAfterTheAgreedNumberOfTries() {
        handler.set(e -> problem(e, 503, "busy"));

        RemoteException e = assertThrows(RemoteException.class, () -> client.get("/a", Thing.class));

        assertEquals("busy", e.code());
        assertEquals(4, calls.get());
    }

    @Test
    void repeatsAfterABrokenConnection() {
        var keys = new CopyOnWriteArrayList<String>();
        handler.set(e -> {
            keys.add(e.getRequestHeaders().getFirst("Idempotency-Key"));
            if (calls.get() == 1) {
                breakOff(e);
            }
            TestServer.answer(e, 200, "{\"name\":\"a\",\"size\":1}");
        });

        assertEquals(new Thing("a", 1), client.post("/a", new Thing("x", 1), Thing.class));
        assertEquals(2, keys.size());
        assertEquals(keys.get(0), keys.get(1));
        client.post("/a", new Thing("x", 1), Thing.class);
        assertNotEquals(keys.get(0), keys.get(2));
    }

    @Test
    void doesNotRepeatWhatMustBeDoneOnce() {
        handler.set(VaultClientTest::breakOff);

        HoldfastException e = assertThrows(HoldfastException.class,
                () -> client.send(Call.patch("/a", new Thing("x", 1)), Thing.class));

        assertEquals(Problem.STORE_UNAVAILABLE, e.problem());
        assertEquals(1, calls.get());
    }

    @Test
    void triesTheNextAddress() throws IOException {
        handler.set(e -> TestServer.answer(e, 200, "{}"));
        int dead;
        try (var socket = new ServerSocket(0)) {
            dead = socket.getLocalPort();
        }
        try (var two = new VaultClient(TestServer.settings(List.of("127.0.0.1:" + dead, server.address())))) {
            assertEquals(200, two.send(Call.patch("/a", new Thing("x", 1)), Thing.class).status());
            assertEquals(200, two.send(Call.get("/a"), Thing.class).status());
        }
        try (var none = new VaultClient(TestServer.settings(List.of("127.0.0.1:" + dead)))) {
            assertEquals(Problem.STORE_UNAVAILABLE,
                    assertThrows(HoldfastException.class, () -> none.get("/a", Thing.class)).problem());
        }
    }

    @Test
    void sendsFilesStreamsAndMemory() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("f"), bytes);
        var got = new CopyOnWriteArrayList<byte[]>();
        handler.set(e -> {
            got.add(e.getRequestBody().readAllBytes());
            if (got.size() == 2) {
                throw new IOException("broken on purpose");
            }
            TestServer.answer(e, 201, "");
        });

        client.send(Call.put("/f", new Body.File(file)), Void.class);
        client.send(Call.put("/s", new Body.Stream(() -> new ByteArrayInputStream(bytes), bytes.length)), Void.class);
        client.send(Call.put("/m", new Body.Memory(bytes, 0, bytes.length)), Void.class);

        assertEquals(4, got.size());
        got.forEach(b -> org.junit.jupiter.api.Assertions.assertArrayEquals(bytes, b));
    }

    @Test
    void readsStreams() {
        handler.set(e -> {
            assertEquals("bytes=1-2", e.getRequestHeaders().getFirst("Range"));
            TestServer.answer(e, 206, "bc");
        });

        String text = client.exchange(Call.get("/o").header("Range", "bytes=1-2"),
                d -> d.length() + new String(d.stream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));

        assertEquals("2bc", text);
    }

    @Test
    void doesNotWaitForEverInTheMiddle() {
        var release = new CountDownLatch(1);
        handler.set(e -> {
            e.sendResponseHeaders(200, 100);
            e.getResponseBody().write(new byte[10]);
            e.getResponseBody().flush();
            await(release);
        });
        try (var hasty = new VaultClient(server.settings().retrying(RetryPolicy.NONE)
                .within(Duration.ofSeconds(5), Duration.ofSeconds(2)))) {
            HoldfastException e = assertThrows(HoldfastException.class,
                    () -> hasty.exchange(Call.get("/o"), d -> d.stream().readAllBytes()));
            assertEquals(Problem.STORE_UNAVAILABLE, e.problem());
            assertTrue(e.getMessage().contains("stopped in the middle"), e.getMessage());
        } finally {
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsWhenItIsClosed() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        handler.set(e -> {
            arrived.countDown();
            await(release);
        });
        var result = new AtomicReference<Problem>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                client.get("/a", Thing.class);
            } catch (HoldfastException e) {
                result.set(e.problem());
            }
        });
        assertTrue(arrived.await(30, TimeUnit.SECONDS));

        client.close();

        assertTrue(caller.join(Duration.ofSeconds(30)));
        assertEquals(Problem.CANCELLED, result.get());
        release.countDown();
    }

    @Test
    void goesThroughAProxyWithCredentials() throws IOException {
        handler.set(
                e -> TestServer.answer(e, 200, "\"" + e.getRequestHeaders().getFirst("Proxy-Authorization") + "\""));
        try (var proxy = new TestProxy("ada", "pa:ss")) {
            var settings = server.settings().through(new ProxySettings("127.0.0.1", proxy.port(), "ada", "pa:ss"));
            try (var behind = new VaultClient(settings)) {
                assertEquals("null", behind.get("/a", String.class), "the vault must not see the secret");
            }
            assertEquals(List.of("CONNECT " + server.address() + " 200"), proxy.log);
            var wrong = server.settings().through(new ProxySettings("127.0.0.1", proxy.port(), "ada", "no"));
            try (var behind = new VaultClient(wrong)) {
                HoldfastException e = assertThrows(HoldfastException.class, () -> behind.get("/a", String.class));
                assertEquals(Problem.ACCESS_DENIED, e.problem());
                e = assertThrows(HoldfastException.class, () -> behind.send(large("/a"), Void.class));
                assertEquals(Problem.ACCESS_DENIED, e.problem());
            }
            proxy.log.clear();
            try (var behind = new VaultClient(settings)) {
                handler.set(e -> TestServer.answer(e, 201, "" + e.getRequestBody().readAllBytes().length));
                assertEquals(201, behind.send(large("/a"), Void.class).status());
                assertEquals(201, behind.send(large("/a"), Void.class).status());
            }
            assertEquals(List.of("CONNECT " + server.address() + " 200"), proxy.log);
        }
    }

    private static Call large(String path) {
        return Call.put(path, new Body.Memory(new byte[100_000], 0, 100_000));
    }

    @Test
    void largeBodiesFindAClosedConnectionAndMakeANewOne() {
        handler.set(e -> {
            e.getRequestBody().readAllBytes();
            if (calls.get() == 2) {
                throw new IOException("broken on purpose");
            }
            TestServer.answer(e, 201, "");
        });

        try (var once = new VaultClient(server.settings().retrying(RetryPolicy.NONE))) {
            assertEquals(201, once.send(large("/a"), Void.class).status());
            assertEquals(201, once.send(large("/b"), Void.class).status(), "the kept connection was of no use");
        }
    }

    @Test
    void largeBodiesAreRefusedWithTheirReason() {
        handler.set(e -> problem(e, 409, "session-lost"));

        RemoteException e = assertThrows(RemoteException.class, () -> client.send(large("/a"), Void.class));

        assertEquals("session-lost", e.code());
        assertThrows(IllegalArgumentException.class,
                () -> client.send(large("/a").header("X", "a\r\nY: b"), Void.class));
    }
}
