package org.holdfast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.HoldfastException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.sun.net.httpserver.HttpExchange;

@Timeout(60)
class EventsTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<ServerEvent> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<HoldfastException> ends = new LinkedBlockingQueue<>();

    private static void send(HttpExchange e, String text) throws IOException {
        e.getResponseHeaders().set("Content-Type", "text/event-stream");
        e.sendResponseHeaders(200, 0);
        e.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void goesOnBehindTheLastEvent() throws IOException, GeneralSecurityException, InterruptedException {
        try (var server = new TestServer(e -> {
            asked.add(String.valueOf(e.getRequestHeaders().getFirst("Last-Event-ID")));
            switch (asked.size()) {
                case 1 ->
                    send(e, ": hello\n\nid: 1\nevent: job\ndata: {\"a\":\ndata: 1}\n\nid:2\ndata\n\ndata: cut of");
                case 2 -> TestServer.answer(e, 503, "");
                case 3 -> send(e, "id: 3\r\ndata: x\r\n\r\n");
                default -> TestServer.answer(e, 403, "{\"code\":\"token-expired\",\"detail\":\"Over.\"}");
            }
        });
                var client = new VaultClient(server.settings());
                var subscription = client.subscribe(Call.get("/events"), "", events::add, ends::add)) {
            assertEquals(new ServerEvent("1", "job", "{\"a\":\n1}"), events.poll(30, TimeUnit.SECONDS));
            assertEquals(new ServerEvent("2", "message", ""), events.poll(30, TimeUnit.SECONDS));
            assertEquals(new ServerEvent("3", "message", "x"), events.poll(30, TimeUnit.SECONDS));
            assertEquals("Over.", ends.poll(30, TimeUnit.SECONDS).getMessage());
            assertEquals(false, subscription.connected());
        }
        assertEquals(List.of("null", "2", "2", "3"), asked);
        assertNull(events.poll());
    }
}
