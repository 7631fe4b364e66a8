package org.holdfast.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.TargetConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import jakarta.mail.internet.MimeMessage;

/** Mail to a real mail server with TLS, and to servers that do not do what they should. */
class MailTargetTest {
    private static final String KEYS = "greenmail.tls.keystore.file";
    private static final String KEYS_PASSWORD = "greenmail.tls.keystore.password";

    @TempDir
    private static Path folder;
    private static TestTls tls;

    private final MailTarget target = new MailTarget(Duration.ofSeconds(20));
    private GreenMail server;

    /** GreenMail reads its keys once. */
    @BeforeAll
    static void keys() throws IOException, GeneralSecurityException {
        tls = new TestTls("127.0.0.1");
        System.setProperty(KEYS, tls.store(folder).toString());
        System.setProperty(KEYS_PASSWORD, TestTls.PASSWORD);
    }

    @AfterAll
    static void forgetKeys() {
        System.clearProperty(KEYS);
        System.clearProperty(KEYS_PASSWORD);
    }

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup[] { new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS),
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP) });
        server.start();
        server.setUser("ops@example.org", "holdfast", "a secret word");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private TargetConfiguration configuration(int port, String mode, Map<String, String> more, String password) {
        Map<String, String> settings = new HashMap<>(Map.of("host", "127.0.0.1", "port", Integer.toString(port), "tls",
                mode, "from", "Holdfast <vault@example.org>", "to", "ops@example.org"));
        settings.putAll(more);
        settings.values().removeIf(String::isEmpty);
        return new TargetConfiguration("ops", settings, password.isEmpty() ? Map.of() : Map.of("password", password));
    }

    private TargetConfiguration signedIn() {
        return configuration(server.getSmtps().getPort(), "implicit",
                Map.of("user", "holdfast", "ca", tls.authorityPem()), "a secret word");
    }

    @Test
    void sendsWithTls() throws Exception {
        assertEquals(List.of(), target.check(signedIn()));
        Notification message = Messages.critical("[Holdfast] 重大: バックアップ - web-1");
        target.deliver(signedIn(), message);
        MimeMessage[] received = server.getReceivedMessages();
        assertEquals(1, received.length);
        assertEquals(message.title(), received[0].getSubject());
        assertEquals("First line\r\n二行目\r\n.\r\nlast\r\n",
                new String(received[0].getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals("<" + message.id() + "@holdfast>", received[0].getMessageID());
        assertEquals("auto-generated", received[0].getHeader("Auto-Submitted", null));
        assertEquals("critical", received[0].getHeader("X-Holdfast-Severity", null));
        assertEquals("ja", received[0].getHeader("Content-Language", null));
        assertEquals(Messages.NOW, received[0].getSentDate().toInstant());
    }

    @Test
    void sendsWithStartTlsAndNeverWithoutIt() throws Exception {
        try (StartTlsRelay relay = new StartTlsRelay(server.getSmtp().getPort(), tls.context())) {
            TargetConfiguration there = configuration(relay.port(), "starttls", Map.of("ca", tls.authorityPem()), "");
            target.deliver(there, Messages.critical("through a relay"));
            assertEquals(1, server.getReceivedMessages().length);
            assertTrue(relay.wasEncrypted());
        }
        // The server itself does not offer it: nothing is sent in the clear.
        TargetConfiguration plain = configuration(server.getSmtp().getPort(), "starttls",
                Map.of("ca", tls.authorityPem()), "");
        DeliveryException e = assertThrows(DeliveryException.class,
                () -> target.deliver(plain, Messages.critical("in the clear")));
        assertTrue(e.isWorthTrying());
        assertEquals(1, server.getReceivedMessages().length);
    }

    @Test
    void checksTheCertificate() throws Exception {
        TargetConfiguration unknown = configuration(server.getSmtps().getPort(), "implicit", Map.of(), "");
        TargetConfiguration otherAuthority = configuration(server.getSmtps().getPort(), "implicit",
                Map.of("ca", new TestTls("127.0.0.1").authorityPem()), "");
        TargetConfiguration otherName = configuration(server.getSmtps().getPort(), "implicit",
                Map.of("ca", tls.authorityPem(), "host", "localhost"), "");
        for (TargetConfiguration each : List.of(unknown, otherAuthority, otherName)) {
            DeliveryException e = assertThrows(DeliveryException.class,
                    () -> target.deliver(each, Messages.critical("to a stranger")));
            assertTrue(e.isWorthTrying(), e.getMessage());
            assertTrue(e.getMessage().contains("certificate"), e.getMessage());
        }
        assertEquals(0, server.getReceivedMessages().length);
    }

    @Test
    void tellsOfAWrongPasswordAndNeverShowsIt() {
        TargetConfiguration wrong = configuration(server.getSmtps().getPort(), "implicit",
                Map.of("user", "holdfast", "ca", tls.authorityPem()), "not the word");
        DeliveryException e = assertThrows(DeliveryException.class,
                () -> target.deliver(wrong, Messages.critical("x")));
        assertTrue(e.getMessage().contains("user or password"), e.getMessage());
        assertFalse((e + " " + e.getCause() + wrong).contains("not the word"));
    }

    @Test
    void endsInTimeAndWhenNobodyIsThere() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            TargetConfiguration slow = configuration(silent.getLocalPort(), "none", Map.of(), "");
            DeliveryException e = assertThrows(DeliveryException.class,
                    () -> new MailTarget(Duration.ofMillis(300)).deliver(slow, Messages.critical("slow")));
            assertEquals("127.0.0.1 does not answer in time.", e.getMessage());
            TargetConfiguration slowTls = configuration(silent.getLocalPort(), "implicit", Map.of(), "");
            e = assertThrows(DeliveryException.class,
                    () -> new MailTarget(Duration.ofMillis(300)).deliver(slowTls, Messages.critical("slow")));
            assertEquals("127.0.0.1 does not answer in time.", e.getMessage());
        }
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        DeliveryException e = assertThrows(DeliveryException.class,
                () -> target.deliver(configuration(free, "none", Map.of(), ""), Messages.critical("nobody")));
        assertTrue(e.isWorthTrying());
        assertTrue(e.getMessage().contains("cannot be reached"), e.getMessage());
    }

    @Test
    void tellsRefusalsForEverFromThoseForNow() throws Exception {
        assertFalse(refusedBy("550 no such user").isWorthTrying());
        assertTrue(refusedBy("451 later").isWorthTrying());
    }

    private DeliveryException refusedBy(String line) throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try (Socket client = socket.accept()) {
                    var in = new java.io.BufferedReader(new java.io.InputStreamReader(client.getInputStream(),
                            StandardCharsets.US_ASCII));
                    client.getOutputStream().write("220 here\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (String said = in.readLine(); said != null; said = in.readLine()) {
                        String answer = said.startsWith("RCPT") ? line : "250 fine";
                        client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    // the test has ended
                    Thread.currentThread().interrupt();
                }
            });
            DeliveryException e = assertThrows(DeliveryException.class, () -> target.deliver(
                    configuration(socket.getLocalPort(), "none", Map.of(), ""), Messages.critical("refused")));
            assertTrue(e.getMessage().contains(line.substring(4)), e.getMessage());
            thread.join();
            return e;
        }
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertProblem("tls", configuration(25, "none", Map.of("host", "mail.example.org"), ""));
        assertProblem("tls", configuration(25, "none", Map.of("user", "holdfast"), "secret word"));
        assertProblem("tls", configuration(25, "perhaps", Map.of(), ""));
        assertProblem("port", configuration(70_000, "implicit", Map.of(), ""));
        assertProblem("to", configuration(25, "implicit", Map.of("to", "nobody"), ""));
        assertProblem("to", configuration(25, "implicit", Map.of("to", "a@example.org\r\nBcc: b@example.org"), ""));
        assertProblem("from", configuration(25, "implicit", Map.of("from", "a@b.org, c@d.org"), ""));
        assertProblem("password", configuration(25, "implicit", Map.of("user", "holdfast"), ""));
        assertProblem("user", configuration(25, "implicit", Map.of(), "secret word"));
        assertProblem("ca", configuration(25, "implicit", Map.of("ca", "no certificate"), ""));
        assertProblem("host", configuration(25, "implicit", Map.of("host", "a b"), ""));
    }

    private void assertProblem(String field, TargetConfiguration configuration) {
        assertEquals(List.of(field), target.check(configuration).stream().map(FieldProblem::field).toList());
    }
}
