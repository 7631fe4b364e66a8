package org.holdfast.client.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.ProxySettings;

/**
 * The short way for large bodies: blocking TLS sockets under Apache HttpCore, without the layers of the platform's HTTP
 * client, which take two to three times the processor time for the same bytes. What goes this way is what
 * {@link #takes} decides. Thread-safe.
 */
final class Direct implements AutoCloseable {
    private static final long LARGE = 32 << 10;
    /** The vault closes connections that are silent for 30 seconds; before that we do not use them any more. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(12);

    private final ClientSettings settings;
    private final SSLContext context;
    private final ScheduledExecutorService timer;
    private final Map<URI, Deque<DirectConnection>> free = new HashMap<>();
    private final Set<DirectConnection> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Direct(ClientSettings settings, SSLContext context, ScheduledExecutorService timer) {
        this.settings = settings;
        this.context = context;
        this.timer = timer;
    }

    /** Whether a call goes this way. */
    static boolean takes(Call call) {
        return switch (call.method()) {
            case "PUT" -> length(call.body()) >= LARGE;
            case "GET" -> call.headers().containsKey("Range");
            default -> false;
        };
    }

    private static long length(Body body) {
        return switch (body) {
            case Body.Nothing n -> 0;
            case Body.Value v -> 0;
            case Body.Memory m -> m.length();
            case Body.Stream s -> s.length();
            case Body.File f -> {
                try {
                    yield Files.size(f.path());
                } catch (IOException e) {
                    yield 0;
                }
            }
        };
    }

    /** Takes the answer; the connection is used again when it was read to its end. */
    interface Taker<R> {
        /** Reads it. */
        R take(int status, HttpHeaders headers, InputStream body) throws IOException;
    }

    /** Sends a call. */
    <R> R send(URI address, Call call, long stallMillis, Taker<R> taker) throws IOException {
        while (true) {
            DirectConnection connection = borrow(address);
            DirectConnection.Head head;
            var watch = timer.scheduleWithFixedDelay(() -> {
                if (connection.silence() > TimeUnit.MILLISECONDS.toNanos(stallMillis)) {
                    connection.abort();
                }
            }, 1, 1, TimeUnit.SECONDS);
            try {
                try {
                    head = connection.exchange(request(address, call), open(call.body()), length(call.body()));
                } catch (IOException e) {
                    if (connection.used() && !closed && !Thread.currentThread().isInterrupted()
                            && connection.silence() < TimeUnit.MILLISECONDS.toNanos(stallMillis)) {
                        // Closed by the other side while nobody used it; this says nothing about the vault.
                        drop(connection);
                        continue;
                    }
                    throw e;
                }
                R result = taker.take(head.status(), head.headers(), head.body());
                if (connection.reusable()) {
                    giveBack(address, connection);
                }
                return result;
            } finally {
                watch.cancel(false);
                if (!connection.reusable()) {
                    drop(connection);
                }
            }
        }
    }

    private void drop(DirectConnection connection) {
        all.remove(connection);
        connection.abort();
    }

    private DirectConnection borrow(URI address) throws IOException {
        synchronized (free) {
            Deque<DirectConnection> kept = free.get(address);
            while (kept != null && !kept.isEmpty()) {
                DirectConnection connection = kept.pop();
                if (connection.idle() < KEPT_NANOS) {
                    return connection;
                }
                drop(connection);
            }
        }
        DirectConnection made = connect(address);
        all.add(made);
        if (closed) {
            drop(made);
            throw new IOException("The client is closed.");
        }
        return made;
    }

    private void giveBack(URI address, DirectConnection connection) {
        synchronized (free) {
            free.computeIfAbsent(address, a -> new ArrayDeque<>()).push(connection);
        }
    }

    private DirectConnection connect(URI address) throws IOException {
        ProxySettings proxy = settings.proxy();
        var plain = new BatchSocket();
        boolean done = false;
        try {
            int limit = Math.toIntExact(Math.max(1, settings.connectTimeout().toMillis()));
            plain.connect(proxy == null ? new InetSocketAddress(address.getHost(), address.getPort())
                    : new InetSocketAddress(proxy.host(), proxy.port()), limit);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(Math.toIntExact(Math.max(1, settings.timeout().toMillis())));
            if (proxy != null) {
                tunnel(plain, proxy, address);
            }
            String host = address.getHost().replaceAll("^\\[|]$", "");
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, address.getPort(),
                    true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(Tls.parameters().getProtocols());
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            DirectConnection connection = new DirectConnection(socket, plain);
            done = true;
            return connection;
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    /** A tunnel through a proxy: RFC 9110, section 9.3.6. */
    private static void tunnel(BatchSocket socket, ProxySettings proxy, URI address) throws IOException {
        var request = new BasicClassicHttpRequest("CONNECT", host(address), address.getAuthority());
        request.addHeader("Host", address.getAuthority());
        if (proxy.user() != null) {
            String secret = proxy.user() + ":" + (proxy.password() == null ? "" : proxy.password());
            request.addHeader("Proxy-Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
        int status;
        try {
            status = new DirectConnection(socket, socket).exchange(request, null, 0).status();
        } catch (IOException e) {
            var refused = new ConnectException("The proxy made no tunnel.");
            refused.initCause(e);
            throw refused;
        }
        if (status == 407) {
            throw Problems.of(407, HttpHeaders.of(Map.of(), (n, v) -> true), null);
        }
        if (status != 200) {
            throw new ConnectException("The proxy refused the tunnel with status " + status + ".");
        }
    }

    private static HttpHost host(URI address) {
        return new HttpHost(address.getScheme(), address.getHost(), address.getPort());
    }

    private ClassicHttpRequest request(URI address, Call call) {
        var request = new BasicClassicHttpRequest(call.method(), host(address), call.path());
        request.addHeader("Host", address.getAuthority());
        request.addHeader("User-Agent", settings.program());
        String token = settings.identity().bearer();
        if (token != null) {
            request.addHeader("Authorization", "Bearer " + token);
        }
        call.headers().forEach(request::addHeader);
        if (!(call.body() instanceof Body.Nothing)) {
            request.addHeader("Content-Length", length(call.body()));
        }
        // HttpCore would send something else in their place.
        Stream<String> values = Stream.of(request.getHeaders()).map(NameValuePair::getValue);
        if (Stream.concat(Stream.of(call.path()), values).flatMapToInt(String::chars)
                .anyMatch(c -> c < ' ' && c != '\t' || c > 0xff)) {
            throw new IllegalArgumentException("A header has characters that cannot be sent");
        }
        return request;
    }

    private static @Nullable InputStream open(Body body) throws IOException {
        return switch (body) {
            case Body.Nothing n -> null;
            case Body.Value v -> null;
            case Body.Memory m -> new ByteArrayInputStream(m.bytes(), m.offset(), m.length());
            case Body.File f -> Files.newInputStream(f.path());
            case Body.Stream s -> s.opener().open();
        };
    }

    /** Ends calls that are running. */
    @Override
    public void close() {
        closed = true;
        all.forEach(DirectConnection::abort);
    }
}
