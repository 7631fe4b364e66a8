package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.protocol.fleet.TargetTested;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Finding;
import org.holdfast.vault.fleet.Vaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** Notifications of a whole node: set up over its API, sent to a real mail server and a real receiver of web hooks. */
class NotificationsOverHttpTest {
    private static final String TARGETS = "/api/v1/notifications/targets";
    private static final String RULES = "/api/v1/notifications/rules";
    private static final String SECRET = "a secret of 16 or more";

    @TempDir
    private Path folder;
    private HookReceiver receiver;
    private GreenMail mail;
    private VaultNode node;
    private NodeClient administrator;

    @BeforeEach
    void start() throws Exception {
        receiver = new HookReceiver();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        node = VaultNode.start(folder);
        administrator = node.signIn();
        administrator.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}");
    }

    @AfterEach
    void stop() {
        administrator.close();
        node.close();
        mail.stop();
        receiver.close();
    }

    private SaveTarget hook() {
        return new SaveTarget("hook", "web-hook", null, "ja", "Asia/Tokyo",
                Map.of("url", receiver.url(), "ca", receiver.authorityPem()), Map.of("secret", SECRET));
    }

    private SaveTarget mailbox() {
        return new SaveTarget("mailbox", "mail", null, "en", "UTC",
                Map.of("host", "127.0.0.1", "port", Integer.toString(mail.getSmtp().getPort()), "tls", "none", "from",
                        "vault@example.org", "to", "ops@example.org"),
                Map.of());
    }

    private void alert(String subject) {
        UUID vault = node.get(Vaults.class).id("main");
        node.get(Alerts.class).raise(new Finding(AlertKind.JOB_FAILED, Severity.CRITICAL, vault, null, subject,
                "Backup of " + subject + " failed.", "Look there.", null, "store-full"));
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void rule(String... targets) {
        String body = "{\"name\":\"all\",\"severity\":\"info\",\"group\":\"PT0S\",\"targets\":"
                + Json.text(List.of(targets)) + "}";
        assertEquals(201, administrator.send("POST", RULES, body).statusCode());
    }

    @Test
    void tellsMailAndWebHook() throws Exception {
        administrator.call("POST", TARGETS, hook(), TargetSummary.class);
        administrator.call("POST", TARGETS, mailbox(), TargetSummary.class);
        assertTrue(administrator.call("POST", TARGETS + "/hook/test", Map.of(), TargetTested.class).delivered());
        assertTrue(administrator.call("POST", TARGETS + "/mailbox/test", Map.of(), TargetTested.class).delivered());
        assertEquals("test", receiver.hooks().getFirst().body().at("/type").asText());
        assertEquals("[Holdfast] Test message", mail.getReceivedMessages()[0].getSubject());
        rule("hook", "mailbox");
        alert("web-1");
        await(() -> receiver.hooks().size() == 2 && mail.getReceivedMessages().length == 2, "nobody was told");
        HookReceiver.Hook hook = receiver.hooks().getLast();
        assertEquals("[Holdfast] 重大: ジョブが失敗しました - ボールト main", hook.body().at("/data/title").asText());
        assertEquals("store-full", hook.body().at("/data/alerts/0/code").asText());
        assertTrue(hook.signature().startsWith("v1,"));
        assertEquals("[Holdfast] Critical: Job failed - vault main", mail.getReceivedMessages()[1].getSubject());
        // It is written down a moment after it has arrived.
        await(() -> administrator.send("GET", "/api/v1/notifications/messages?filter=state%3Dsent", null).body()
                .contains(hook.id()), "what was sent is not listed");
    }

    @Test
    void showsNoSecretsAndAsksForRights() throws Exception {
        HttpResponse<String> made = administrator.send("POST", TARGETS, Json.text(hook()), "Idempotency-Key",
                "0123456789abcdef-7");
        assertEquals(201, made.statusCode(), made::body);
        administrator.send("POST", "/api/v1/users", "{\"name\":\"ruth\",\"fullName\":\"Ruth\",\"password\":"
                + "\"a long enough secret\",\"roles\":[\"reader\"]}");
        NodeClient before = administrator.as(null).login("ruth", "a long enough secret");
        before.send("POST", "/api/v1/users/ruth/password",
                "{\"oldPassword\":\"a long enough secret\",\"newPassword\":\"" + VaultNode.PASSWORD + "\"}");
        NodeClient reader = administrator.as(null).login("ruth", VaultNode.PASSWORD);
        for (String path : List.of(TARGETS, TARGETS + "/hook", "/api/v1/notifications/kinds", "/api/v1/audit")) {
            HttpResponse<String> read = administrator.send("GET", path, null);
            assertEquals(200, read.statusCode(), read::body);
            assertFalse((read.body() + made.body()).contains(SECRET), read::body);
        }
        assertTrue(reader.send("GET", TARGETS + "/hook", null).body().contains("\"secrets\":[\"secret\"]"));
        assertEquals(403, reader.send("POST", TARGETS + "/hook/test", "{}").statusCode());
        assertEquals(403, reader.send("DELETE", TARGETS + "/hook", null, "If-Match", "\"1\"").statusCode());
        assertEquals(428, administrator.send("PUT", TARGETS + "/hook", Json.text(hook())).statusCode());
        assertEquals(412,
                administrator.send("PUT", TARGETS + "/hook", Json.text(hook()), "If-Match", "\"9\"").statusCode());
        assertEquals(409, administrator.send("POST", TARGETS, Json.text(hook())).statusCode());
        Path key = folder.resolve("notify.key");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        String audit = administrator.send("GET", "/api/v1/audit", null).body();
        assertTrue(audit.contains("create-notification-target") && audit.contains("test-notification-target"), audit);
        rule("hook");
        HttpResponse<String> used = administrator.send("DELETE", TARGETS + "/hook", null, "If-Match", "\"1\"");
        assertEquals(409, used.statusCode());
        assertTrue(used.body().contains("\"target-in-use\""), used::body);
        NotificationRule rule = administrator.call("GET", RULES + "/all", null, NotificationRule.class);
        assertEquals(204, administrator.send("DELETE", RULES + "/all", null, "If-Match", "\"1\"").statusCode());
        assertEquals(204, administrator.send("DELETE", TARGETS + "/hook", null, "If-Match", "\"1\"").statusCode());
        assertTrue(rule.enabled());
    }

    @Test
    void goesOnAfterARestartWithWhatWaits() {
        administrator.call("POST", TARGETS, hook(), TargetSummary.class);
        rule("hook");
        receiver.answerWith(503);
        alert("web-1");
        await(() -> administrator.call("GET", TARGETS + "/hook", null, TargetSummary.class).failures() > 0,
                "no attempt was made");
        alert("web-2");
        administrator.close();
        node.close();
        receiver.answerWith(204);
        String first = receiver.hooks().getFirst().id();
        node = VaultNode.start(folder);
        administrator = node.client().login("admin", VaultNode.PASSWORD);
        // The second one is not behind the first one's pause any more, and that it is taken hurries the first one.
        await(() -> receiver.hooks().size() >= 3, "what waited was not sent");
        assertTrue(receiver.hooks().subList(1, 3).stream().anyMatch(hook -> hook.id().equals(first)));
        await(() -> administrator.call("GET", TARGETS + "/hook", null, TargetSummary.class).waiting() == 0,
                "something still waits");
        assertEquals(0, administrator.call("GET", TARGETS + "/hook", null, TargetSummary.class).failures());
    }

    @Test
    void tellsOfAStrangerWithTheReceiversAddress() {
        SaveTarget stranger = new SaveTarget("hook", "web-hook", null, "en", "UTC",
                Map.of("url", receiver.url(), "ca", node.authorityPem()), Map.of("secret", SECRET));
        administrator.call("POST", TARGETS, stranger, TargetSummary.class);
        TargetTested tested = administrator.call("POST", TARGETS + "/hook/test", Map.of(), TargetTested.class);
        assertFalse(tested.delivered());
        assertTrue(String.valueOf(tested.error()).contains("certificate"), tested.error());
        assertEquals(0, receiver.hooks().size());
    }
}
