package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may send: each is refused with its own code, changes nothing, and the server goes on. */
class HostileRequestsTest {
    private static final String END = "Host: localhost\r\nConnection: close\r\n\r\n";

    private static TestServer server;
    private static HttpClient people;

    @BeforeAll
    static void start() {
        server = new TestServer(HttpSettings.of("127.0.0.1", 0).withIdle(Duration.ofMillis(1500)));
        people = server.people();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void stillAlive() throws IOException {
        assertEquals("ok", server.send(server.people(), server.request("/health")).body());
        assertEquals(0, server.notes.size());
    }

    @ParameterizedTest
    @ValueSource(strings = { "/notes/..%2f..%2fetc", "/notes/%2e%2e/x", "/notes/../../etc/passwd", "/notes/a%00b",
            "/notes/a%5cb", "/notes/a;x=1", "/notes/%ff%fe", "/notes/%zz", "/notes/a%2fb", "/notes/%c0%ae%c0%ae/x",
            "/notes/%0d%0aX:1", "/notes/." })
    void refusesPathsThatCanBeReadInTwoWays(String path) throws IOException {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nAuthorization: Bearer " + TestServer.WRITER + "\r\n"
                + END);

        assertTrue(answer.startsWith("HTTP/1.1 400 ") || answer.startsWith("HTTP/1.1 404 "), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertFalse(answer.contains("Jetty"), answer);
    }

    @Test
    void refusesQueriesThatAreMalformed() throws IOException {
        assertTrue(server.raw("GET /notes?limit=%zz HTTP/1.1\r\nAuthorization: Bearer x\r\n" + END)
                .contains("\"invalid-query\""));
        assertTrue(server.raw("GET /notes?" + "a&".repeat(100) + " HTTP/1.1\r\n" + END)
                .contains("\"invalid-query\""));
    }

    @ParameterizedTest
    @ValueSource(strings = { "OPTIONS", "TRACE", "PROPFIND", "DELETE", "CONNECTX", "get" })
    void refusesOtherMethods(String method) throws IOException {
        String answer = server.raw(method + " /health HTTP/1.1\r\n" + END);

        assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        assertTrue(answer.contains("Allow: GET, HEAD"), answer);
        assertTrue(answer.contains("\"method-not-allowed\""), answer);
    }

    @Test
    void refusesHeadsThatAreTooLarge() throws IOException {
        String oneLong = server.raw("GET /health HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n" + END);
        String many = server.raw("GET /health HTTP/1.1\r\n" + "X-A: b\r\n".repeat(5_000) + END);
        String path = server.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + END);

        assertTrue(oneLong.startsWith("HTTP/1.1 431 "), oneLong);
        assertTrue(many.startsWith("HTTP/1.1 431 "), many);
        assertTrue(path.startsWith("HTTP/1.1 414 "), path);
        assertTrue(oneLong.contains("\"headers-too-large\""), oneLong);
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws IOException {
        HttpResponse<String> announced = server.send(people,
                post("{\"name\":\"" + "x".repeat(2 << 20) + "\"}", TestServer.WRITER));
        assertEquals(413, announced.statusCode());
        assertEquals("body-too-large", TestServer.code(announced));
        try (SSLSocket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /notes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestServer.WRITER
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            try {
                for (int i = 0; i < 100; i++) {
                    out.write(chunk.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                assertNotNull(e, "the server need not read to the end");
            }
        }
    }

    @Test
    void readsNoBodyOfWhoMayNot() throws IOException {
        String answer = server.raw("POST /notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n"
                + "Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }

    @Test
    void refusesContradictingLengths() throws IOException {
        String both = server.raw("POST /notes HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n" + END
                + "0\r\n\r\n");
        String two = server.raw("POST /notes HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n" + END + "12345");

        assertTrue(both.startsWith("HTTP/1.1 400 "), both);
        assertTrue(two.startsWith("HTTP/1.1 400 "), two);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        String answer = server.raw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" + "GET /health HTTP/1.1\r\n" + END);
        List<String> statuses = answer.lines().filter(line -> line.contains("HTTP/1.1 ")).map(
                line -> line.substring(line.indexOf("HTTP/1.1 ") + 9, line.indexOf("HTTP/1.1 ") + 12)).toList();

        assertEquals(List.of("200", "404", "200"), statuses);
    }

    @Test
    void closesConnectionsThatTrickle() throws IOException {
        try (SSLSocket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /health HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
            long began = System.nanoTime();
            assertThrows(IOException.class, () -> {
                while (System.nanoTime() - began < Duration.ofSeconds(20).toNanos()) {
                    out.write('x');
                    out.flush();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            });
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(10).toNanos());
        }
    }

    @Test
    void closesASecondRequestThatTrickles() throws IOException {
        try (SSLSocket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4096];
            assertTrue(socket.getInputStream().read(answer) > 0);
            long began = System.nanoTime();
            assertThrows(IOException.class, () -> {
                while (System.nanoTime() - began < Duration.ofSeconds(20).toNanos()) {
                    out.write('x');
                    out.flush();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            });
        }
    }

    @Test
    void closesConnectionsThatNeverSayAnything() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                silent.add(new Socket("127.0.0.1", server.port()));
            }
            for (Socket each : silent) {
                each.setSoTimeout(20_000);
                assertEquals(-1, each.getInputStream().read());
            }
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
        HttpServerTest.await(() -> server.server().connections() < 10);
    }

    @Test
    void cutsOffWhoAnnouncesABodyAndSendsNone() throws IOException {
        try (SSLSocket socket = server.socket()) {
            socket.getOutputStream().write(("POST /notes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + TestServer.WRITER + "\r\nContent-Length: 50\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
            byte[] all = socket.getInputStream().readAllBytes();

            assertTrue(new String(all, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void cutsOffWhoDoesNotReadEvents() throws Exception {
        try (SSLSocket socket = server.socket()) {
            socket.getOutputStream().write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + TestServer.READER + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertTrue(socket.getInputStream().read() > 0);
            String big = "x".repeat(10_000);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            int before = server.server().connections();
            while (server.server().connections() >= before) {
                server.bus.publish("job", null, List.of(big));
                assertTrue(System.nanoTime() < deadline, "it is still connected");
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    void speaksNoOldTls() throws Exception {
        for (String old : List.of("TLSv1.1", "TLSv1")) {
            try (SSLSocket socket = server.socket()) {
                socket.setEnabledProtocols(new String[] { old });
                assertThrows(SSLException.class, socket::startHandshake);
            }
        }
        try (SSLSocket socket = server.socket()) {
            socket.setEnabledProtocols(new String[] { "TLSv1.2" });
            socket.startHandshake();
            assertTrue(socket.getSession().getCipherSuite().contains("ECDHE_ECDSA"));
        }
        try (SSLSocket socket = server.socket()) {
            socket.setEnabledProtocols(new String[] { "TLSv1.2" });
            socket.setEnabledCipherSuites(new String[] { "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256" });
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @Test
    void refusesCertificatesThatDoNotCount() throws Exception {
        Instant later = Instant.now().plus(Duration.ofDays(1));
        TestPki.Client expired = server.pki.client("s1", Instant.now().minus(Duration.ofDays(1)));
        TestPki.Client revoked = server.pki.client("s2", later);
        server.revoked.add(revoked.certificate().getSerialNumber().toString(16));

        assertEquals("certificate-expired", TestServer.code(put(server.client(expired))));
        assertEquals("certificate-revoked", TestServer.code(put(server.client(revoked))));
        TestPki.Client foreign = new TestPki("authority").client("s3", later);
        assertThrows(IOException.class, () -> put(server.client(foreign)));
        TestPki.Client wrongPurpose = server.pki.withNodePurpose("s4");
        assertThrows(IOException.class, () -> put(server.client(wrongPurpose)));
    }

    @Test
    void aTokenIsNoCertificateAndACertificateNoToken() throws Exception {
        TestPki.Client agent = server.pki.client("s1", Instant.now().plus(Duration.ofDays(1)));
        HttpResponse<String> agentAtPeople = server.send(server.client(agent), server.request("/notes"));
        HttpResponse<String> personAtAgents = server.send(people, server.request("/objects/x")
                .header("Authorization", "Bearer " + TestServer.WRITER).PUT(BodyPublishers.noBody()));

        assertEquals("sign-in-required", TestServer.code(agentAtPeople));
        assertEquals("certificate-required", TestServer.code(personAtAgents));
    }

    @Test
    void neverFailsAtBodiesOfAnyKind() throws IOException {
        Random random = new Random(7);
        String good = "{\"name\":\"a\",\"text\":\"t\",\"version\":3,\"remark\":\"r\"}";
        List<String> bodies = new ArrayList<>(List.of("", "null", "[]", "{}", "1", "\"x\"", "{\"name\":null}",
                "{\"name\":\"a\\u0000b\",\"text\":\"t\",\"version\":1}", "[".repeat(10_000), "{\"a\":".repeat(5_000),
                "{\"name\":\"\\ud800\",\"text\":\"t\",\"version\":1}", "{\"name\":{},\"text\":[],\"version\":\"\"}",
                "{\"name\":\"a\",\"text\":\"t\",\"version\":1e999}",
                "{\"name\":\"a\",\"text\":\"t\",\"version\":" + "9".repeat(400) + "}", "\ufeff{}", "{\"name\""));
        for (int i = 0; i < 300; i++) {
            StringBuilder body = new StringBuilder(good);
            for (int edits = 1 + random.nextInt(4); edits > 0 && !body.isEmpty(); edits--) {
                int at = random.nextInt(body.length());
                switch (random.nextInt(3)) {
                    case 0 -> body.deleteCharAt(at);
                    case 1 -> body.insert(at, "{}[]\",:0-e\\\u0001".charAt(random.nextInt(12)));
                    default -> body.setCharAt(at, (char) random.nextInt(0x20, 0x2000));
                }
            }
            bodies.add(body.toString());
        }
        for (String body : bodies) {
            HttpResponse<String> response = server.send(people, post(body, TestServer.WRITER));
            server.notes.clear();
            assertTrue(response.statusCode() == 400 || response.statusCode() == 201,
                    response.statusCode() + " for " + body);
        }
    }

    @Test
    void readsOnlyJson() throws IOException {
        HttpResponse<String> response = server.send(people, server.request("/notes")
                .header("Authorization", "Bearer " + TestServer.WRITER).header("Content-Type", "text/xml")
                .POST(BodyPublishers.ofString("<a/>")));

        assertEquals(415, response.statusCode());
        assertEquals("json-expected", TestServer.code(response));
    }

    private static HttpResponse<String> put(HttpClient client) throws IOException {
        return server.send(client, server.request("/objects/x").PUT(BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder post(String body, String token) {
        return server.request("/notes").header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
}
