package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.people.Approvals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator alone can weaken nothing as soon as there is a security officer. */
class ApprovalsOverHttpTest {
    private static final Pattern ID = Pattern.compile("request ([0-9a-f-]{36})");
    private static final String VAULT = "/api/v1/vaults/main";

    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.at(Instant.parse("2026-11-23T07:00:00Z"));
    private VaultNode node;
    private NodeClient admin;
    private NodeClient officer;

    @BeforeEach
    void start() {
        node = VaultNode.in(folder).clock(clock).start();
        admin = node.signIn();
        admin.send("POST", "/api/v1/vaults",
                "{\"name\":\"main\",\"immutability\":\"on\",\"softDelete\":{\"days\":30,\"always\":false}}");
        admin.send("POST", "/api/v1/vaults/main/policies", policy(30));
        assertEquals(201, person("olga", "security-officer").statusCode());
        officer = signIn("olga");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String policy(int daily) {
        return "{\"name\":\"nightly\",\"retention\":{\"last\":0,\"daily\":" + daily
                + ",\"weekly\":0,\"monthly\":0,\"yearly\":0}}";
    }

    private HttpResponse<String> person(String name, String role) {
        return admin.send("POST", "/api/v1/users", "{\"name\":\"" + name + "\",\"fullName\":\"X\","
                + "\"password\":\"a long enough secret\",\"roles\":[\"" + role + "\"]}");
    }

    private NodeClient signIn(String name) {
        NodeClient before = node.client().login(name, "a long enough secret");
        before.send("POST", "/api/v1/users/" + name + "/password", "{\"oldPassword\":\"a long enough secret\","
                + "\"newPassword\":\"" + VaultNode.PASSWORD + "\"}");
        return node.client().login(name, VaultNode.PASSWORD);
    }

    private HttpResponse<String> weaken(int days, String version) {
        return admin.send("PUT", VAULT, "{\"name\":\"main\",\"immutability\":\"off\",\"softDelete\":{\"days\":"
                + days + ",\"always\":false}}", "If-Match", "\"" + version + "\"");
    }

    private static String needed(HttpResponse<String> answer) {
        assertEquals(409, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("\"approval-needed\""), answer::body);
        Matcher id = ID.matcher(answer.body());
        assertTrue(id.find(), answer::body);
        return id.group(1);
    }

    private HttpResponse<String> tell(NodeClient who, String id, String how) {
        return who.send("POST", "/api/v1/approvals/" + id + "/" + how, "{\"remark\":\"seen\"}");
    }

    private long waiting() {
        return node.get(Alerts.class).list(ListRequest.where("kind=approval-waiting", "state=open")).total();
    }

    @Test
    void whatAnOfficerApprovedIsDoneOnceAndExactlyThat() throws IOException {
        String id = needed(weaken(14, "1"));
        assertEquals(id, needed(weaken(14, "1")), "the same wish is one request");
        assertEquals(1, waiting());
        assertEquals(403, tell(admin, id, "approve").statusCode());

        assertEquals(200, tell(officer, id, "approve").statusCode());
        assertEquals(0, waiting());
        needed(weaken(0, "1"));
        assertEquals(200, weaken(14, "1").statusCode());
        assertEquals(200, admin.send("PUT", VAULT, "{\"name\":\"main\",\"immutability\":\"on\",\"softDelete\":"
                + "{\"days\":30,\"always\":false}}", "If-Match", "\"2\"").statusCode(), "stronger needs nobody");
        assertFalse(needed(weaken(14, "3")).equals(id), "an approval is used up");

        ApprovalView view = Json.read(officer.send("GET", "/api/v1/approvals/" + id, null).body(),
                ApprovalView.class);
        assertEquals("used admin olga seen", view.state() + " " + view.requestedBy() + " " + view.decidedBy() + " "
                + view.remark());
        String audit = officer.send("GET", "/api/v1/audit?sort=seq", null).body();
        assertTrue(audit.contains("approve-approval") && audit.contains("approval-needed"), audit);
        assertTrue(officer.call("GET", "/api/v1/audit/verify", null, AuditVerification.class).intact());
    }

    @Test
    void deniedWithdrawnAndExpiredRequestsOpenNothing() {
        String denied = needed(weaken(14, "1"));
        assertEquals(200, tell(officer, denied, "deny").statusCode());
        String withdrawn = needed(weaken(14, "1"));
        assertEquals(403, tell(officer, withdrawn, "withdraw").statusCode());
        assertEquals(200, tell(admin, withdrawn, "withdraw").statusCode());
        assertEquals(409, tell(officer, withdrawn, "approve").statusCode());
        String late = needed(weaken(14, "1"));
        assertEquals(200, tell(officer, late, "approve").statusCode());
        clock.advance(Duration.ofHours(10));
        admin = node.client().login("admin", VaultNode.PASSWORD);
        clock.advance(Duration.ofHours(11));
        admin = node.client().login("admin", VaultNode.PASSWORD);
        clock.advance(Duration.ofHours(4));
        needed(weaken(14, "1"));
        assertEquals(1, waiting());
        clock.advance(Duration.ofDays(8));
        node.get(Approvals.class).tidy();
        assertEquals(0, waiting());
    }

    @Test
    void rolesAndRetentionNeedASecondPersonToo() {
        assertEquals(201, person("rita", "reader").statusCode());
        needed(person("eve", "administrator"));
        needed(admin.send("PATCH", "/api/v1/users/rita", "{\"roles\":[\"administrator\"]}", "If-Match", "\"1\""));
        // Immutability goes first: a second person does not help against that.
        HttpResponse<String> immutable = admin.send("PUT", VAULT + "/policies/nightly", policy(7), "If-Match",
                "\"1\"");
        assertTrue(immutable.body().contains("\"vault-immutable\""), immutable::body);
        String off = needed(weaken(30, "1"));
        tell(officer, off, "approve");
        assertEquals(200, weaken(30, "1").statusCode());
        String shorter = needed(admin.send("PUT", VAULT + "/policies/nightly", policy(7), "If-Match", "\"1\""));
        assertEquals(200, tell(officer, shorter, "approve").statusCode());
        assertEquals(200, admin.send("PUT", VAULT + "/policies/nightly", policy(7), "If-Match", "\"1\"")
                .statusCode());
        assertEquals(200, admin.send("PUT", VAULT + "/policies/nightly", policy(60), "If-Match", "\"2\"")
                .statusCode());
        assertEquals(List.of(), node.get(Approvals.class).list(ListRequest.where("state=approved")).items());
    }
}
