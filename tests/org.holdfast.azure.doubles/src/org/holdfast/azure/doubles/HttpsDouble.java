package org.holdfast.azure.doubles;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * A server on a free port of loopback with TLS, for doubles to be made of. It remembers what was asked and can be told
 * to fail. Thread-safe.
 */
public abstract class HttpsDouble implements AutoCloseable {
    /** For bodies. */
    protected static final ObjectMapper JSON = new ObjectMapper();

    private final TestTls tls;
    private final Clock clock;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Deque<Answer> faults = new ArrayDeque<>();

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param headers besides the length
     * @param body bytes, empty for none
     */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        /** JSON. */
        public static Answer json(int status, JsonNode body) {
            return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"),
                    body.toString().getBytes(StandardCharsets.UTF_8));
        }

        /** Nothing but a status. */
        public static Answer status(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }

        /** The same with another header. */
        public Answer with(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Answer(status, all, body);
        }
    }

    /**
     * A request.
     *
     * @param method HTTP method
     * @param path decoded, without query
     * @param query decoded parameters
     * @param exchange for its headers
     * @param body all of it
     */
    public record Asked(String method, String path, Map<String, String> query, HttpExchange exchange, byte[] body) {
        /** A header, empty when it is not there. */
        public String header(String name) {
            String value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }

        /** The fields of a form. */
        public Map<String, String> form() {
            return parameters(new String(body, StandardCharsets.UTF_8));
        }
    }

    /**
     * Starts it.
     *
     * @param tls what it shows
     * @param clock what it thinks the time is
     */
    protected HttpsDouble(TestTls tls, Clock clock) {
        this.tls = tls;
        this.clock = clock;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a request. */
    protected abstract Answer answer(Asked asked) throws IOException;

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            var request = new Asked(exchange.getRequestMethod(), uri.getPath(), parameters(uri.getRawQuery()), exchange,
                    body);
            asked.add(request.method() + " " + uri);
            Answer fault = fault();
            Answer answer;
            try {
                answer = fault == null ? answer(request) : fault;
            } catch (RuntimeException e) {
                answer = new Answer(500, Map.of(), String.valueOf(e).getBytes(StandardCharsets.UTF_8));
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean none = answer.body().length == 0 || request.method().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), none ? -1 : answer.body().length);
            if (!none) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            }
        }
    }

    private Answer fault() {
        synchronized (faults) {
            return faults.poll();
        }
    }

    /** The next requests are answered like that, whatever they ask. */
    public void fail(Answer answer, int times) {
        synchronized (faults) {
            for (int i = 0; i < times; i++) {
                faults.add(answer);
            }
        }
    }

    /** What was asked so far: method and target. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** What it thinks the time is. */
    protected Clock clock() {
        return clock;
    }

    /** What it shows. */
    public TestTls tls() {
        return tls;
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it is, without a slash at the end. */
    public String url() {
        return "https://localhost:" + port();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> all = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String each : text.split("&")) {
                String[] pair = each.split("=", 2);
                all.put(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
            }
        }
        return all;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
