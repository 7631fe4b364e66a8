package org.holdfast.vault.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

/** A bare client of a node for tests that look at what travels; it believes the node's authority and nobody else. */
public final class NodeClient implements AutoCloseable {
    private final HttpClient client;
    private final String url;
    private final @Nullable String token;

    NodeClient(String url, String authorityPem, @Nullable String token) {
        this(url, client(context(authorityPem, null, List.of())), token);
    }

    /** A client that shows a certificate. */
    NodeClient(String url, String authorityPem, PrivateKey key, List<X509Certificate> chain) {
        this(url, client(context(authorityPem, key, chain)), null);
    }

    private NodeClient(String url, HttpClient client, @Nullable String token) {
        this.url = url;
        this.client = client;
        this.token = token;
    }

    /** The same with a token. */
    public NodeClient as(@Nullable String other) {
        return new NodeClient(url, client, other);
    }

    /** The same, who calls another node of the same installation. */
    public NodeClient at(VaultNode other) {
        return at(other.url());
    }

    /** The same, who calls another node by its address, without a slash at the end. */
    public NodeClient at(String other) {
        return new NodeClient(other, client, token);
    }

    /** Sends a record as JSON and reads the answer, which must be no problem. */
    public <T> T call(String method, String path, @Nullable Object body, Class<T> type, String... headers) {
        HttpResponse<String> answer = send(method, path, body == null ? null : Json.text(body), headers);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        try {
            return Json.read(answer.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs in and gives a client with the token. */
    public NodeClient login(String user, String password) {
        HttpResponse<String> answer = send("POST", "/api/v1/login",
                Json.text(Map.of("user", user, "password", password)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("cannot sign in: " + answer.body());
        }
        try {
            return as(Json.mapper().readTree(answer.body()).get("token").textValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends JSON, or nothing when the body is null. */
    public HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first lines of an answer that does not end by itself. */
    public String firstLines(String path, int lines, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60))
                .headers(headers);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var all = client.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body()) {
            return all.limit(lines).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes and receives bytes. */
    public HttpResponse<byte[]> sendBytes(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/octet-stream").method(method, BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20)).build();
    }

    private static SSLContext context(String pem, @Nullable PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (key != null) {
                own.setKeyEntry("own", key, new char[0], chain.toArray(X509Certificate[]::new));
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
