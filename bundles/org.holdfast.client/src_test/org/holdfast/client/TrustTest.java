package org.holdfast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpsExchange;

class TrustTest {
    private TestServer server;
    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = new TestServer(e -> {
            String who;
            try {
                who = ((HttpsExchange) e).getSSLSession().getPeerPrincipal().getName();
            } catch (javax.net.ssl.SSLPeerUnverifiedException x) {
                who = "nobody";
            }
            TestServer.answer(e, 200, "\"" + who + " " + e.getRequestHeaders().getFirst("Authorization") + "\"");
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String fingerprint(String name) throws GeneralSecurityException {
        byte[] der = TestServer.certificate(name).getEncoded();
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }

    private static String ask(ClientSettings settings) {
        try (var client = new VaultClient(settings)) {
            return client.get("/who", String.class);
        }
    }

    private ClientSettings trusting(Trust trust) {
        return ClientSettings.of(List.of(server.address()), trust);
    }

    private static void assertRefused(ClientSettings settings) {
        HoldfastException e = assertThrows(HoldfastException.class, () -> ask(settings));
        assertEquals(Problem.ACCESS_DENIED, e.problem(), e.getMessage());
    }

    @Test
    void believesTheAuthority() {
        assertEquals("nobody null", ask(trusting(new Trust.Authority(TestServer.text("ca.pem")))));
    }

    @Test
    void refusesAnotherAuthority() {
        assertRefused(trusting(new Trust.Authority(TestServer.text("other.pem"))));
    }

    @Test
    void refusesANameTheCertificateIsNotFor() throws IOException, GeneralSecurityException {
        try (var other = new TestServer("elsewhere", e -> TestServer.answer(e, 200, "\"x\""))) {
            assertRefused(other.settings());
            // With a pin the name does not matter.
            assertEquals("x", ask(ClientSettings.of(List.of(other.address()),
                    new Trust.Pinned(fingerprint("elsewhere.pem")))));
        }
    }

    @Test
    void refusesWhatTheMachineDoesNotKnow() {
        assertRefused(trusting(new Trust.Machine()));
    }

    @Test
    void believesThePinnedCertificate() throws GeneralSecurityException {
        assertEquals("nobody null", ask(trusting(new Trust.Pinned(fingerprint("server.pem")))));
    }

    @Test
    void believesWhatThePinnedAuthorityIssued() throws GeneralSecurityException {
        assertEquals("nobody null", ask(trusting(new Trust.Pinned(fingerprint("ca.pem")))));
    }

    @Test
    void refusesAnotherPin() throws GeneralSecurityException {
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> ask(trusting(new Trust.Pinned(fingerprint("other.pem")))));

        assertEquals(Problem.ACCESS_DENIED, e.problem());
        assertTrue(e.getMessage().contains(fingerprint("server.pem").toLowerCase(java.util.Locale.ROOT)),
                e.getMessage());
    }

    @Test
    void refusesAMalformedPin() {
        assertThrows(IllegalArgumentException.class, () -> ask(trusting(new Trust.Pinned("beef"))));
    }

    private Identity.Certificate identity(String mode) throws IOException {
        Path chain = Files.writeString(folder.resolve("chain.pem"), TestServer.text("client.pem"));
        Path key = Files.writeString(folder.resolve("key.pem"), TestServer.text("client.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
        return new Identity.Certificate(chain, key);
    }

    @Test
    void showsItsCertificate() throws IOException {
        assertEquals("CN=client null", ask(server.settings().as(identity("rw-------"))));
    }

    @Test
    void refusesAKeyOthersMayRead() throws IOException {
        Identity open = identity("rw-r--r--");

        HoldfastException e = assertThrows(HoldfastException.class, () -> ask(server.settings().as(open)));
        assertEquals(Problem.ACCESS_DENIED, e.problem());
    }

    @Test
    void sendsItsToken() {
        var token = new Identity.Token("secret");

        assertEquals("nobody Bearer secret", ask(server.settings().as(token)));
        assertEquals("Token[...]", token.toString());
    }

    @Test
    void showsWhomNobodyTrustsYet() throws GeneralSecurityException {
        ServerCertificate shown = ServerCertificate.shownBy(server.address());
        assertEquals(List.of(TestServer.certificate("server.pem"), TestServer.certificate("ca.pem")), shown.chain());
        assertEquals(fingerprint("ca.pem").replace(":", "").toLowerCase(Locale.ROOT), shown.fingerprint());
        assertEquals("nobody null", ask(trusting(new Trust.Pinned(shown.fingerprint()))));
    }

    @Test
    void saysThatNobodyShowsACertificate() throws IOException {
        try (var deaf = new ServerSocket(0)) {
            int port = deaf.getLocalPort();
            deaf.close();
            HoldfastException e = assertThrows(HoldfastException.class,
                    () -> ServerCertificate.shownBy("127.0.0.1:" + port));
            assertEquals(Problem.STORE_UNAVAILABLE, e.problem());
        }
        assertEquals(Problem.STORE_UNAVAILABLE,
                assertThrows(HoldfastException.class, () -> ServerCertificate.shownBy("no such host:x")).problem());
    }
}
