package org.holdfast.agent.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

class ClockTrustTest {
    private final Instant now = Clock.systemUTC().instant();
    private final Authority authority = Authority.create("Test", now.minus(Duration.ofDays(2000)),
            now.plus(Duration.ofDays(2000)));

    private X509Certificate certificate(KeyPair keys, String host, long fromDays, long toDays) {
        return authority.issueServer(keys.getPublic(), List.of(host), now.plus(Duration.ofDays(fromDays)),
                now.plus(Duration.ofDays(toDays)));
    }

    private static HttpsServer server(KeyPair keys, X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0], new X509Certificate[] { certificate });
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "\"hello\"".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String ask(HttpsServer server, Trust trust) {
        var settings = ClientSettings.of(List.of("127.0.0.1:" + server.getAddress().getPort()), trust)
                .retrying(RetryPolicy.NONE);
        try (var client = new VaultClient(settings)) {
            return client.get("/", String.class);
        }
    }

    private void assertAnswers(boolean strict, boolean lenient, KeyPair keys, X509Certificate certificate)
            throws Exception {
        String pem = Pem.ofCertificates(List.of(authority.certificate()));
        HttpsServer server = server(keys, certificate);
        try {
            answers(strict, server, new Trust.Authority(pem));
            answers(lenient, server, new Trust.AuthorityAtAnyTime(pem));
        } finally {
            server.stop(0);
        }
    }

    private static void answers(boolean expected, HttpsServer server, Trust trust) {
        if (expected) {
            assertEquals("hello", ask(server, trust));
        } else {
            assertEquals(Problem.ACCESS_DENIED,
                    assertThrows(HoldfastException.class, () -> ask(server, trust)).problem());
        }
    }

    @Test
    void onlyTheTimeMayBeWrong() throws Exception {
        KeyPair keys = EcKeys.generate();
        assertAnswers(true, true, keys, certificate(keys, "127.0.0.1", -1, 1));
        assertAnswers(false, true, keys, certificate(keys, "127.0.0.1", -800, -435));
        assertAnswers(false, true, keys, certificate(keys, "127.0.0.1", 700, 1065));
        assertAnswers(false, false, keys, certificate(keys, "127.0.0.2", -800, -435));
        assertAnswers(false, false, keys, certificate(keys, "vault.example", -800, -435));
        assertAnswers(false, false, keys, certificate(keys, "vault.example", -1, 1));
    }

    @Test
    void anAgentIsNoVaultAndAStrangerNeither() throws Exception {
        KeyPair keys = EcKeys.generate();
        assertAnswers(false, false, keys, authority.issueClient(keys.getPublic(), "server-1", "holdfast:server:1",
                now.minus(Duration.ofDays(800)), now.minus(Duration.ofDays(435))));
        var stranger = Authority.create("Test", now.minus(Duration.ofDays(2000)), now.plus(Duration.ofDays(2000)));
        assertAnswers(false, false, keys, stranger.issueServer(keys.getPublic(), List.of("127.0.0.1"),
                now.minus(Duration.ofDays(800)), now.minus(Duration.ofDays(435))));
    }
}
