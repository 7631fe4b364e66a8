package org.holdfast.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.TargetConfiguration;
import org.holdfast.protocol.common.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** Web hooks to a real receiver over HTTPS. */
class WebHookTargetTest {
    private static final String SECRET = "a secret that is long enough";

    private record Received(String path, Headers headers, byte[] body) {
    }

    private final TestTls tls = new TestTls("127.0.0.1");
    private final WebHookTarget target = new WebHookTarget();
    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        received.add(new Received(path, call.getRequestHeaders(), call.getRequestBody().readAllBytes()));
        switch (path) {
            case "/elsewhere" -> call.getResponseHeaders().set("Location", "/");
            case "/later" -> call.getResponseHeaders().set("Retry-After", "90");
            case "/never" -> await();
            default -> {
            }
        }
        int status = switch (path) {
            case "/elsewhere" -> 307;
            case "/later" -> 503;
            case "/broken" -> 500;
            case "/gone" -> 410;
            case "/forbidden" -> 403;
            default -> 200;
        };
        if (path.equals("/chatty")) {
            call.sendResponseHeaders(200, 0);
            call.getResponseBody().write('x');
            call.getResponseBody().flush();
            await();
        } else {
            call.sendResponseHeaders(status, -1);
        }
        call.close();
    }

    private void await() {
        try {
            testEnds.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TargetConfiguration to(String path) {
        return configuration("https://127.0.0.1:" + server.getAddress().getPort() + path, Map.of(), SECRET);
    }

    private TargetConfiguration configuration(String url, Map<String, String> more, String secret) {
        Map<String, String> settings = new HashMap<>(Map.of("url", url, "ca", tls.authorityPem()));
        settings.putAll(more);
        settings.values().removeIf(String::isEmpty);
        return new TargetConfiguration("hook", settings, Map.of("secret", secret));
    }

    @Test
    void sendsSignedJson() throws Exception {
        assertEquals(List.of(), target.check(to("/hook?tenant=1")));
        Notification message = Messages.critical("title");
        target.deliver(to("/hook?tenant=1"), message);
        Received one = received.remove();
        assertEquals("/hook", one.path());
        assertEquals(message.id(), one.headers().getFirst("webhook-id"));
        assertEquals(Long.toString(Messages.NOW.getEpochSecond()), one.headers().getFirst("webhook-timestamp"));
        assertEquals(signature(SECRET.getBytes(StandardCharsets.UTF_8), one), one.headers().getFirst(
                "webhook-signature"));
        JsonNode json = Json.mapper().readTree(one.body());
        assertEquals("alerts.raised", json.at("/type").asText());
        assertEquals("2026-11-23T10:00:00.000Z", json.at("/timestamp").asText());
        assertEquals(message.id(), json.at("/data/id").asText());
        assertEquals("critical", json.at("/data/severity").asText());
        assertEquals(1, json.at("/data/count").asInt());
        assertEquals("job-failed", json.at("/data/alerts/0/kind").asText());
        assertEquals("store-full", json.at("/data/alerts/0/code").asText());
        assertEquals("web-1", json.at("/data/alerts/0/server").asText());
        assertEquals("Look.", json.at("/data/alerts/0/advice").asText());
    }

    @Test
    void takesKeysAsStandardWebhooksWriteThem() throws Exception {
        byte[] key = "0123456789abcdef01234567".getBytes(StandardCharsets.US_ASCII);
        TargetConfiguration there = new TargetConfiguration("hook", to("/").settings(),
                Map.of("secret", "whsec_" + Base64.getEncoder().encodeToString(key)));
        assertEquals(List.of(), target.check(there));
        target.deliver(there, Messages.critical("title"));
        Received one = received.remove();
        assertEquals(signature(key, one), one.headers().getFirst("webhook-signature"));
    }

    private static String signature(byte[] key, Received one) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((one.headers().getFirst("webhook-id") + "." + one.headers().getFirst("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(one.body()));
    }

    @Test
    void followsNoRedirect() {
        DeliveryException e = fails(to("/elsewhere"));
        assertFalse(e.isWorthTrying());
        assertTrue(e.getMessage().contains("redirect"), e.getMessage());
        assertEquals(1, received.size());
    }

    @Test
    void tellsRefusalsForEverFromThoseForNow() {
        assertFalse(fails(to("/gone")).isWorthTrying());
        assertTrue(fails(to("/forbidden")).isWorthTrying());
        DeliveryException broken = fails(to("/broken"));
        assertTrue(broken.isWorthTrying());
        assertNull(broken.pause());
        assertEquals("127.0.0.1 answers with status 500.", broken.getMessage());
        DeliveryException later = fails(to("/later"));
        assertTrue(later.isWorthTrying());
        assertEquals(Duration.ofSeconds(90), later.pause());
    }

    @Test
    void waitsForNobodyTooLong() throws Exception {
        DeliveryException e = assertThrows(DeliveryException.class,
                () -> new WebHookTarget(Duration.ofMillis(400)).deliver(to("/never"), Messages.critical("slow")));
        assertTrue(e.isWorthTrying());
        assertEquals("127.0.0.1 does not answer in time.", e.getMessage());
        // What is said after the head of the answer does not matter, and is not waited for.
        target.deliver(to("/chatty"), Messages.critical("chatty"));
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        DeliveryException nobody = fails(configuration("https://127.0.0.1:" + free, Map.of(), SECRET));
        assertTrue(nobody.isWorthTrying());
        assertTrue(nobody.getMessage().contains("cannot be reached"), nobody.getMessage());
    }

    @Test
    void checksTheCertificate() {
        for (TargetConfiguration each : List.of(configuration(to("/").setting("url"), Map.of("ca", ""), SECRET),
                configuration(to("/").setting("url"), Map.of("ca", new TestTls("127.0.0.1").authorityPem()), SECRET),
                configuration("https://localhost:" + server.getAddress().getPort(), Map.of(), SECRET))) {
            DeliveryException e = fails(each);
            assertTrue(e.isWorthTrying());
            assertTrue(e.getMessage().contains("certificate"), e.getMessage());
        }
        assertEquals(0, received.size());
    }

    @Test
    void speaksPlainHttpWithThisMachineOnly() throws Exception {
        HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        plain.createContext("/", this::answer);
        plain.start();
        try {
            String url = "http://127.0.0.1:" + plain.getAddress().getPort();
            assertProblem("url", configuration(url, Map.of(), SECRET));
            fails(configuration(url, Map.of(), SECRET));
            assertEquals(0, received.size());
            target.deliver(configuration(url, Map.of("allowHttp", "true"), SECRET), Messages.critical("plain"));
            assertEquals(1, received.size());
        } finally {
            plain.stop(0);
        }
        assertProblem("url", configuration("http://hooks.example.org/", Map.of("allowHttp", "true"), SECRET));
        assertProblem("url", configuration("http://192.0.2.1/", Map.of("allowHttp", "true"), SECRET));
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertProblem("url", configuration("file:///etc/passwd", Map.of(), SECRET));
        assertProblem("url", configuration("https:///path", Map.of(), SECRET));
        assertProblem("url", configuration("https://user:word@example.org/", Map.of(), SECRET));
        assertProblem("url", configuration("https://exa mple.org/", Map.of(), SECRET));
        assertProblem("secret", configuration("https://example.org/", Map.of(), "too short"));
        assertProblem("secret", configuration("https://example.org/", Map.of(), "whsec_not base64 at all"));
        assertProblem("ca", configuration("https://example.org/", Map.of("ca", "no certificate"), SECRET));
    }

    private void assertProblem(String field, TargetConfiguration configuration) {
        assertEquals(List.of(field), target.check(configuration).stream().map(FieldProblem::field).toList());
    }

    private DeliveryException fails(TargetConfiguration configuration) {
        return assertThrows(DeliveryException.class,
                () -> target.deliver(configuration, Messages.critical("to a stranger")));
    }
}
