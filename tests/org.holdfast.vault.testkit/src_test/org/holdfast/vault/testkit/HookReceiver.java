package org.holdfast.vault.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** Receives web hooks over HTTPS with a certificate of its own authority. */
final class HookReceiver implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * What arrived.
     *
     * @param id its header {@code webhook-id}
     * @param signature its header {@code webhook-signature}
     * @param body the JSON
     */
    record Hook(String id, String signature, JsonNode body) {
    }

    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Authority authority;
    private final HttpsServer server;
    private volatile int status = 204;

    HookReceiver() throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        authority = Authority.create("Hooks", now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        KeyPair pair = EcKeys.generate();
        X509Certificate certificate = authority.issueServer(pair.getPublic(), List.of("127.0.0.1"),
                now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", pair.getPrivate(), PASSWORD, new Certificate[] { certificate });
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange call) throws IOException {
        hooks.add(new Hook(call.getRequestHeaders().getFirst("webhook-id"),
                call.getRequestHeaders().getFirst("webhook-signature"),
                Json.mapper().readTree(call.getRequestBody())));
        call.sendResponseHeaders(status, -1);
        call.close();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    String authorityPem() {
        return Pem.ofCertificates(List.of(authority.certificate()));
    }

    List<Hook> hooks() {
        return hooks;
    }

    void answerWith(int other) {
        status = other;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
