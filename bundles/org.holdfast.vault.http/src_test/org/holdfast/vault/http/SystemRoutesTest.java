package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.holdfast.protocol.common.Json;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.VaultEvent;
import org.holdfast.vault.http.internal.system.HealthEndpoints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class SystemRoutesTest {
    private static TestServer server;
    private static HttpClient people;

    @BeforeAll
    static void start() {
        server = new TestServer();
        people = server.people();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void describesItself() throws IOException {
        JsonNode document = Json.mapper()
                .readTree(server.send(people, server.request("/api/v1/openapi.json")).body());

        assertEquals("3.1.0", document.get("openapi").textValue());
        JsonNode note = document.at("/components/schemas/Note");
        assertEquals("[\"name\",\"text\",\"version\"]", note.get("required").toString());
        assertEquals("int64", note.at("/properties/version/format").textValue());
        JsonNode write = document.at("/paths/~1notes~1{name}/put");
        assertTrue(write.get("parameters").toString().contains("If-Match"));
        assertEquals("#/components/schemas/Note",
                write.at("/requestBody/content/application~1json/schema/$ref").textValue());
        assertEquals("#/components/schemas/NotePage",
                document.at("/paths/~1notes/get/responses/200/content/application~1json/schema/$ref").textValue());
        assertEquals("[{\"certificate\":[]}]", document.at("/paths/~1objects~1{name}/put/security").toString());
        assertEquals("[]", document.at("/paths/~1health/get/security").toString());
    }

    @Test
    void tellsNumbersToWhoIsSignedIn() throws IOException {
        server.send(people, server.request("/health"));
        HttpResponse<String> metrics = server.send(people, as("/metrics"));

        assertEquals(401, server.send(people, server.request("/metrics")).statusCode());
        assertTrue(metrics.headers().firstValue("Content-Type").orElse("").startsWith("text/plain; version=0.0.4"));
        assertTrue(metrics.body().contains("holdfast_http_requests_total{route=\"alive\",status=\"200\"}"),
                metrics.body());
        assertTrue(metrics.body().contains("holdfast_http_connections "));
    }

    @Test
    void sendsEventsAndWhatWasMissed() throws Exception {
        server.bus.publish(VaultEvent.JOB, "before", Map.of("n", 0));
        try (Stream first = watch("/api/v1/events?vault=main", null)) {
            server.bus.publish(VaultEvent.JOB, "main", Map.of("n", 1));
            server.bus.publish(VaultEvent.JOB, "other", Map.of("n", 2));
            server.bus.publish(VaultEvent.SERVER, "main", Map.of("n", 3));

            assertEquals("job {\"n\":1}", first.next());
            String place = first.id;
            assertEquals("server {\"n\":3}", first.next());
            try (Stream second = watch("/api/v1/events", place)) {
                assertEquals("job {\"n\":2}", second.next());
                assertEquals("server {\"n\":3}", second.next());
            }
        }
        try (Stream lost = watch("/api/v1/events", "other-run-7")) {
            assertEquals("reset {}", lost.next());
            server.bus.publish(VaultEvent.ALERT, "main", Map.of("n", 4));
            assertEquals("alert {\"n\":4}", lost.next());
        }
    }

    @Test
    void resetsWhoWasAwayTooLong() throws Exception {
        try (EventBus bus = new EventBus()) {
            for (int i = 0; i < EventBus.KEPT + 10; i++) {
                bus.publish(VaultEvent.JOB, null, Map.of("n", i));
            }

            assertTrue(bus.after(5, 10, Duration.ZERO).lost());
            EventBus.Batch known = bus.after(10, 10, Duration.ZERO);
            assertFalse(known.lost());
            assertEquals(11, known.events().getFirst().cursor());
            assertEquals(20, known.cursor());
        }
    }

    @Test
    void tellsWhichPartIsNotWell() throws Exception {
        HealthCheck broken = new HealthCheck() {
            @Override
            public String name() {
                return "store";
            }

            @Override
            public void check() throws IOException {
                throw new IOException("secret path");
            }
        };
        Reply reply = (Reply) new HealthEndpoints(List.of(broken)).routes().getFirst().handler()
                .handle(null);

        assertEquals(503, reply.status());
        assertEquals("{\"status\":\"down\",\"checks\":[{\"name\":\"store\",\"ok\":false}]}",
                Json.text(reply.body()));
    }

    private static HttpRequest.Builder as(String path) {
        return server.request(path).header("Authorization", "Bearer " + TestServer.READER);
    }

    private static Stream watch(String path, String last) throws Exception {
        HttpRequest.Builder request = as(path);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<InputStream> response = people.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
        Stream stream = new Stream(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
        assertEquals("retry: 2000", stream.reader.readLine());
        return stream;
    }

    /** A watcher that reads events one by one. */
    private static final class Stream implements AutoCloseable {
        private final BufferedReader reader;
        private String id = "";

        Stream(BufferedReader reader) {
            this.reader = reader;
        }

        String next() throws IOException {
            String type = "";
            String data = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && data != null) {
                    return type + " " + data;
                }
            }
            return "end";
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
