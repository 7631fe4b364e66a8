package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final String NOTE = "{\"name\":\"w1\",\"text\":\"\",\"version\":1}";

    private static TestServer server;
    private static HttpClient people;
    private static HttpClient agent;

    @BeforeAll
    static void start() {
        server = new TestServer();
        people = server.people();
        agent = server.client(server.pki.client("s1", Instant.now().plus(Duration.ofDays(1))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clean() {
        server.notes.clear();
        server.audit.clear();
    }

    @Test
    void answersWithoutSayingWhatItIs() throws IOException {
        HttpResponse<String> response = server.send(people, server.request("/health"));

        assertEquals("ok", response.body());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertFalse(response.headers().firstValue("Server").isPresent());
    }

    @Test
    void asksWhoCalls() throws IOException {
        HttpResponse<String> nobody = server.send(people, server.request("/notes"));
        HttpResponse<String> wrong = server.send(people, as("guess", "/notes"));
        HttpResponse<String> without = server.send(people, server.request("/objects/a").PUT(BodyPublishers.noBody()));

        assertEquals(401, nobody.statusCode());
        assertEquals("sign-in-required", TestServer.code(nobody));
        assertTrue(nobody.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
        assertEquals("token-unknown", TestServer.code(wrong));
        assertEquals("certificate-required", TestServer.code(without));
    }

    @Test
    void asksWhetherTheyMayAndTakesItDown() throws IOException {
        HttpResponse<String> refused = server.send(people, note(TestServer.READER, "a"));
        HttpResponse<String> made = server.send(people, note(TestServer.WRITER, "a"));

        assertEquals("not-permitted", TestServer.code(refused));
        assertEquals(403, refused.statusCode());
        assertEquals(201, made.statusCode());
        assertEquals("/notes/a", made.headers().firstValue("Location").orElse(""));
        assertEquals(2, server.audit.size());
        assertEquals("not-permitted", server.audit.get(0).result());
        assertEquals("make-note", server.audit.get(1).action());
        assertEquals("ok", server.audit.get(1).result());
        assertEquals("writer", server.audit.get(1).caller().name());
        assertEquals("127.0.0.1", server.audit.get(1).address());
    }

    @Test
    void readsPages() throws IOException {
        HttpResponse<String> page = server.send(people, as(TestServer.READER, "/notes?limit=5"));
        HttpResponse<String> wrong = server.send(people, as(TestServer.READER, "/notes?limit=0"));

        assertEquals("{\"items\":[],\"next\":\"more\",\"total\":7}", page.body());
        assertEquals("7", page.headers().firstValue("Holdfast-Total").orElse(""));
        assertEquals(400, wrong.statusCode());
    }

    @Test
    void changesOnlyWhatWasRead() throws IOException {
        server.send(people, note(TestServer.WRITER, "a"));
        HttpResponse<String> read = server.send(people, as(TestServer.READER, "/notes/a"));
        String tag = read.headers().firstValue("ETag").orElse("");

        assertEquals("\"3\"", tag);
        assertEquals(304, server.send(people, as(TestServer.READER, "/notes/a").header("If-None-Match", tag))
                .statusCode());
        assertEquals("etag-required", TestServer.code(server.send(people, change())));
        assertEquals("changed-meanwhile",
                TestServer.code(server.send(people, change().header("If-Match", "\"2\""))));
        assertEquals("changed-meanwhile",
                TestServer.code(server.send(people, change().header("If-Match", "\"x\""))));
        assertEquals(200, server.send(people, change().header("If-Match", tag)).statusCode());
    }

    @Test
    void doesNothingTwice() throws IOException {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = server.send(people, note(TestServer.WRITER, "a").header("Idempotency-Key", key));
        HttpResponse<String> again = server.send(people, note(TestServer.WRITER, "a").header("Idempotency-Key", key));
        HttpResponse<String> other = server.send(people, note(TestServer.WRITER, "b").header("Idempotency-Key", key));

        assertEquals(201, again.statusCode());
        assertEquals(first.body(), again.body());
        assertEquals(first.headers().firstValue("ETag"), again.headers().firstValue("ETag"));
        assertEquals("true", again.headers().firstValue("Holdfast-Repeated").orElse(""));
        assertEquals(1, server.audit.stream().filter(each -> each.result().equals("ok")).count());
        assertEquals(422, other.statusCode());
        assertEquals("idempotency-key-reused", TestServer.code(other));
    }

    @Test
    void forgetsTheKeyOfWhatFailed() throws IOException {
        String key = UUID.randomUUID().toString();
        server.send(people, note(TestServer.WRITER, "a"));
        HttpResponse<String> taken = server.send(people, note(TestServer.WRITER, "a").header("Idempotency-Key", key));
        server.notes.clear();
        HttpResponse<String> free = server.send(people, note(TestServer.WRITER, "a").header("Idempotency-Key", key));

        assertEquals("name-taken", TestServer.code(taken));
        assertEquals(201, free.statusCode());
    }

    @Test
    void tellsNothingOfDefects() throws IOException {
        HttpResponse<String> response = server.send(people, server.request("/crash"));

        assertEquals(500, response.statusCode());
        assertEquals("internal", TestServer.code(response));
        assertFalse(response.body().contains("secret"));
    }

    @Test
    void movesBytesBothWays() throws IOException {
        HttpResponse<String> put = server.send(agent,
                server.request("/objects/data/ab/cd").PUT(BodyPublishers.ofByteArray(new byte[70_000])));
        HttpResponse<String> get = server.send(agent, server.request("/objects/x?size=300000"));
        HttpResponse<String> head = server.send(agent,
                server.request("/objects/x?size=300000").method("HEAD", BodyPublishers.noBody()));

        assertEquals(201, put.statusCode());
        assertEquals(70_000, server.notes.get("data/ab/cd").version());
        assertEquals(300_000, get.body().length());
        assertEquals("300000", head.headers().firstValue("Content-Length").orElse(""));
    }

    @Test
    void wakesWhoWaits() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = agent.sendAsync(
                server.request("/wait/w1").POST(BodyPublishers.ofString(NOTE)).build(),
                HttpResponse.BodyHandlers.ofString());
        await(() -> server.signals.waiting() == 1);
        server.notes.put("w1", new TestServer.Note("w1", "", null, 1));
        server.signals.signal("w1");

        assertEquals(200, waiting.get(10, TimeUnit.SECONDS).statusCode());
        await(() -> server.signals.waiting() == 0);
    }

    @Test
    void usesARenewedCertificateWithoutRestart() throws Exception {
        TlsIdentity.Current renewed = server.pki.node();
        server.identity.set(renewed);
        try (var socket = server.socket()) {
            socket.startHandshake();

            assertEquals(renewed.chain().getFirst(), socket.getSession().getPeerCertificates()[0]);
        }
    }

    @Test
    void endsLongPollsWhenItStops() throws Exception {
        try (TestServer other = new TestServer()) {
            HttpClient client = other.client(other.pki.client("s2", Instant.now().plus(Duration.ofDays(1))));
            CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                    other.request("/wait/w1").POST(BodyPublishers.ofString(NOTE)).build(),
                    HttpResponse.BodyHandlers.ofString());
            await(() -> other.signals.waiting() == 1);
            long began = System.nanoTime();
            other.close();

            assertEquals(204, waiting.get(10, TimeUnit.SECONDS).statusCode());
            assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(10));
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it never happened");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static HttpRequest.Builder as(String token, String path) {
        return server.request(path).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder note(String token, String name) {
        return as(token, "/notes").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"text\":\"t\",\"version\":3}"));
    }

    private static HttpRequest.Builder change() {
        return as(TestServer.WRITER, "/notes/a").header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"name\":\"a\",\"text\":\"u\",\"version\":4}"));
    }
}
