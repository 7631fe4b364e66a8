package org.holdfast.vault.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLSocket;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.http.internal.system.EventEndpoints;
import org.holdfast.vault.http.internal.system.MetricsEndpoints;

/** A real server on a loopback port with people, agents and a few routes that exist only for tests. */
final class TestServer implements AutoCloseable {
    static final String READER = "token-of-the-reader";
    static final String WRITER = "token-of-the-writer";

    final TestPki pki = new TestPki("authority");
    final AtomicReference<TlsIdentity.Current> identity = new AtomicReference<>(pki.node());
    final MetricsEndpoints observer = new MetricsEndpoints(List.of());
    final Signals signals = new Signals();
    final EventBus bus = new EventBus();
    final List<AuditSink.Entry> audit = new CopyOnWriteArrayList<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    final Map<String, Note> notes = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** A thing for tests. */
    record Note(String name, String text, @Nullable String remark, long version) {
    }

    TestServer(HttpSettings settings) {
        Doorkeepers doorkeepers = new Doorkeepers(this::person, this::agent, new Permissions(), audit::add);
        server = new HttpServer(settings, identity::get, doorkeepers, new Memory(), signals, bus,
                observer, List.of(() -> routes(), new EventEndpoints(bus, Duration.ofMillis(200)), observer));
        server.start();
    }

    TestServer() {
        this(HttpSettings.of("127.0.0.1", 0));
    }

    int port() {
        return server.port();
    }

    HttpServer server() {
        return server;
    }

    private List<Route> routes() {
        return List.of(
                Route.get("list-notes", "/notes").person("read").lists(Note.class, "name")
                        .handle(call -> new Page<>(
                                notes.values().stream().limit(call.list().limit()).toList(), "more", 7L)),
                Route.post("make-note", "/notes").person("write").takes(Note.class).gives(201, Note.class)
                        .handle(call -> {
                            Note note = call.body(Note.class);
                            if (notes.putIfAbsent(note.name(), note) != null) {
                                throw new Refusal(Refusal.Kind.CONFLICT, "name-taken", "There is one.", "");
                            }
                            return Reply.of(note).version(note.version()).location("/notes/" + note.name());
                        }),
                Route.get("read-note", "/notes/{name}").person("read").gives(Note.class).versioned()
                        .handle(call -> Reply.of(note(call)).version(note(call).version())),
                Route.put("write-note", "/notes/{name}").person("write").takes(Note.class).gives(Note.class)
                        .versioned().handle(call -> {
                            if (note(call).version() != call.version()) {
                                throw new Refusal(Refusal.Kind.CHANGED, "changed-meanwhile", "Changed.", "");
                            }
                            notes.put(call.path("name"), call.body(Note.class));
                            return note(call);
                        }),
                Route.put("store", "/objects/{name...}").agent().takesBytes(1 << 20).status(201).handle(call -> {
                    byte[] bytes = call.stream().readAllBytes();
                    notes.put(call.path("name"), new Note(call.path("name"), "", null, bytes.length));
                    return null;
                }),
                Route.get("fetch", "/objects/{name...}").agent().givesBytes("application/octet-stream")
                        .handle(call -> Reply.stream("application/octet-stream", call.query("size", 10, 0, 1L << 40),
                                out -> fill(out, call.query("size", 10, 0, 1L << 40)))),
                Route.post("wait", "/wait/{name}").agent().takes(Note.class).handle(call -> {
                    Boolean found = call.await(call.path("name"), Duration.ofSeconds(50),
                            () -> notes.containsKey(call.path("name")) ? true : null);
                    return found == null ? null : Reply.empty().status(200);
                }),
                Route.get("crash", "/crash").open().handle(call -> {
                    throw new IllegalStateException("secret inside");
                }),
                Route.get("alive", "/health").open().givesBytes("text/plain")
                        .handle(call -> Reply.bytes("text/plain", "ok".getBytes(StandardCharsets.UTF_8))));
    }

    private static void fill(OutputStream out, long size) throws IOException {
        byte[] piece = new byte[8192];
        for (long left = size; left > 0; left -= piece.length) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
        }
    }

    private Note note(Call call) {
        Note note = notes.get(call.path("name"));
        if (note == null) {
            throw Refusal.notFound("note");
        }
        return note;
    }

    private Caller.Person person(String token, String address) {
        return switch (token) {
            case READER -> new Caller.Person("reader", Set.of("reader"), "1");
            case WRITER -> new Caller.Person("writer", Set.of("writer"), "2");
            default -> throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "token-unknown", "Nobody has that token.", "");
        };
    }

    private Caller.Agent agent(X509Certificate certificate) {
        try {
            certificate.checkValidity(new Date());
        } catch (CertificateException e) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "certificate-expired", "It has expired.", "");
        }
        String serial = certificate.getSerialNumber().toString(16);
        if (revoked.contains(serial)) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "certificate-revoked", "It was revoked.", "");
        }
        return new Caller.Agent(certificate.getSubjectX500Principal().getName().substring(3), "v", serial);
    }

    /** A client without a certificate. */
    HttpClient people() {
        return client(null);
    }

    HttpClient client(TestPki.@Nullable Client own) {
        return HttpClient.newBuilder().sslContext(pki.context(own)).version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10)).build();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A bare TLS connection for what no client would send. */
    SSLSocket socket() throws IOException {
        SSLSocket socket = (SSLSocket) pki.context(null).getSocketFactory().createSocket("127.0.0.1", port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Sends text as it is and reads until the server closes. */
    String raw(String text) throws IOException {
        try (SSLSocket socket = socket()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String code(HttpResponse<String> response) throws IOException {
        return Json.read(response.body(), ProblemBody.class).code();
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Permissions implements Authorizer {
        @Override
        public boolean allows(Caller.Person person, String permission) {
            return permission.endsWith("read") || person.roles().contains("writer");
        }

        @Override
        public boolean knows(String permission) {
            return permission.endsWith("read") || permission.equals("write");
        }
    }

    private static final class Memory implements IdempotencyStore {
        private final Map<String, Known> known = new HashMap<>();

        @Override
        public synchronized @Nullable Known begin(String id, String fingerprint) {
            return known.putIfAbsent(id, new Known(fingerprint, null));
        }

        @Override
        public synchronized void finish(String id, byte[] answer) {
            known.computeIfPresent(id, (key, old) -> new Known(old.fingerprint(), answer));
        }

        @Override
        public synchronized void release(String id) {
            known.remove(id);
        }
    }
}
