package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.vault.IfExists;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.data.Housekeeping;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.RecoveryPoints;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Access;
import org.holdfast.vault.http.HttpServer;
import org.holdfast.vault.http.Method;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.testkit.NodeClient;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever has stolen something calls every route that changes anything, with the names of a real recovery point, and
 * then what would destroy it most likely. Afterwards the point has to be there, and to restore.
 */
class AttackTest {
    private static final String USERS = "/api/v1/users";
    private static final String VAULT = "/api/v1/vaults/main";
    private static final String FIRST = "a long enough secret";
    /** They end the attack or the agent, or wait for an answer; none of that is destruction. */
    private static final Set<String> HARMLESS = Set.of("logout", "retire-server", "revoke-certificates", "ask-server",
            "poll");
    private static final List<String> VERSIONS = List.of("\"1\"", "\"2\"", "\"3\"", "*");
    /** What weakens, for routes that take something; everything else gets an empty object. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("edit-vault", "{\"name\":\"main\",\"immutability\":\"off\",\"softDelete\":{\"days\":0,"
                    + "\"always\":false}}"),
            Map.entry("edit-policy", "{\"name\":\"daily\",\"retention\":{\"last\":1,\"daily\":0,\"weekly\":0,"
                    + "\"monthly\":0,\"yearly\":0}}"),
            Map.entry("assign-policy", "{\"tags\":[],\"everybody\":false}"),
            Map.entry("create-user", "{\"name\":\"eve\",\"roles\":[\"administrator\"],\"password\":\"" + FIRST + "\"}"),
            Map.entry("change-user", "{\"roles\":[\"administrator\"]}"),
            Map.entry("set-password", "{\"newPassword\":\"" + FIRST + " of eve\"}"),
            Map.entry("set-security", "{\"pinRequired\":false}"),
            Map.entry("set-maintenance", "{\"collectBytes\":null,\"scrubBytes\":1,\"scrubDays\":365}"),
            Map.entry("pin-point", "{\"until\":\"2026-11-24T00:00:00Z\"}"));

    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private VaultNode node;
    private NodeClient admin;
    private Machine machine;
    private String server;
    private String point;

    @BeforeEach
    void begin() throws IOException {
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        admin = node.signIn();
        admin.send("POST", "/api/v1/vaults", "{\"name\":\"main\",\"softDelete\":{\"days\":14,\"always\":false}}");
        admin.send("POST", VAULT + "/policies", "{\"name\":\"daily\",\"retention\":{\"last\":5,\"daily\":30,"
                + "\"weekly\":0,\"monthly\":0,\"yearly\":0}}");
        machine = new Machine(tree.resolve("alpha"), new HttpConnector(null, tree.resolve("alpha-cache")), clock);
        server = machine.register(machine.request(node.get(Credentials.class)
                .create("main", new CreateCredentials(null, List.of(), 3, 5), "admin").bytes(), Machine.PASSPHRASE));
        var noise = new byte[1 << 20];
        new Random(5).nextBytes(noise);
        Files.write(machine.data().resolve("noise.bin"), noise);
        machine.start();
        JobEntry entry = run(JobSpec.backup(UUID.randomUUID().toString(), JobTrigger.LOCAL,
                List.of(machine.data().toString()), null));
        point = entry.result().point();
        assertEquals(200, admin.send("POST", VAULT + "/points/" + point + "/pin", "{}").statusCode());
        assertEquals(201, person("bob", "administrator").statusCode());
    }

    @AfterEach
    void end() {
        machine.close();
        node.close();
        tree.close();
    }

    private HttpResponse<String> person(String name, String role) {
        return admin.send("POST", USERS,
                "{\"name\":\"" + name + "\",\"password\":\"" + FIRST + "\",\"roles\":[\"" + role
                        + "\"]}");
    }

    private NodeClient signIn(String name) {
        NodeClient before = node.client().login(name, FIRST);
        before.send("POST", USERS + "/" + name + "/password", "{\"oldPassword\":\"" + FIRST + "\",\"newPassword\":\""
                + VaultNode.PASSWORD + "\"}");
        return node.client().login(name, VaultNode.PASSWORD);
    }

    private void pins() {
        assertEquals(200, admin.send("PUT", "/api/v1/security", "{\"pinRequired\":true}").statusCode());
    }

    private JobEntry run(JobSpec spec) {
        machine.agent.submit(spec, null);
        Await.until("ended", () -> machine.agent.job(spec.id()).orElseThrow().state().isFinal());
        JobEntry entry = machine.agent.job(spec.id()).orElseThrow();
        assertEquals(JobState.DONE, entry.state(), String.valueOf(entry.failure()));
        return entry;
    }

    /** Calls everything that changes anything, with the names of what is to be destroyed. */
    private void everything(NodeClient thief) {
        for (Route route : node.get(HttpServer.class).routes()) {
            if (route.method() == Method.GET || route.access() instanceof Access.Open
                    || HARMLESS.contains(route.name())) {
                continue;
            }
            String body = BODIES.getOrDefault(route.name(), route.method() == Method.DELETE ? null : "{}");
            for (String version : VERSIONS) {
                HttpResponse<String> answer = send(thief, route, body, version);
                assertTrue(answer.statusCode() < 500 || answer.statusCode() == 503, () -> route + ": " + answer.body());
            }
        }
    }

    private HttpResponse<String> send(NodeClient thief, Route route, String body, String version) {
        try {
            return thief.send(route.method().name(), path(route), body, "If-Match", version);
        } catch (UncheckedIOException e) {
            // The node closes connections whose bodies it does not want to read; the next call finds that out.
            return thief.send(route.method().name(), path(route), body, "If-Match", version);
        }
    }

    private String path(Route route) {
        var path = new StringBuilder();
        route.path().segments().forEach(segment -> path.append('/').append(!segment.variable() ? segment.name()
                : switch (segment.name()) {
                    case "vault" -> "main";
                    case "server", "id" -> server;
                    case "point" -> point;
                    case "policy" -> "daily";
                    default -> "bob";
                }));
        return path.toString();
    }

    private void unharmed() throws IOException {
        clock.advance(Duration.ofDays(1));
        node.get(Housekeeping.class).round();
        UUID vault = node.get(Vaults.class).id("main");
        assertNull(node.get(RecoveryPoints.class).get(vault, point).deleted());
        assertFalse(node.client().send("POST", "/api/v1/login", "{\"user\":\"eve\",\"password\":\"" + FIRST + "\"}")
                .statusCode() == 200, "the thief has an account");
        assertTrue(node.get(AuditLog.class).verify().intact());
        Path target = tree.resolve("restored");
        run(JobSpec.restore(UUID.randomUUID().toString(), JobTrigger.LOCAL, new JobSpec.Restore(null, point,
                List.of(), target.toString(), IfExists.SKIP, false, true, false, false, null)));
        assertArrayEquals(Files.readAllBytes(machine.data().resolve("noise.bin")),
                Files.readAllBytes(target.resolve("data/noise.bin")));
    }

    @Test
    void aStolenAdministratorsTokenDestroysNothing() throws IOException {
        pins();
        everything(admin);
        // To become somebody whose password is known is the way around the PIN.
        assertTrue(admin.send("POST", USERS + "/bob/password", BODIES.get("set-password")).body()
                .contains("\"pin-needed\""));
        unharmed();
    }

    @Test
    void aStolenPasswordDestroysNothingWithoutTheOfficer() throws IOException {
        assertEquals(201, person("olga", "security-officer").statusCode());
        NodeClient officer = signIn("olga");
        everything(admin);
        assertEquals(403, admin.send("DELETE", USERS + "/olga", null, "If-Match", "\"2\"").statusCode());
        unharmed();
        // Nor does the officer alone.
        everything(officer);
        unharmed();
    }

    @Test
    void aStolenOperatorDestroysNothing() throws IOException {
        assertEquals(201, person("otto", "operator").statusCode());
        pins();
        everything(signIn("otto"));
        unharmed();
    }

    @Test
    void anotherServersCertificateDestroysNothing() throws IOException {
        NodeClient other = node.enrol(admin, "main", "machine-0123456789");
        everything(other);
        HttpResponse<String> read = other.send("GET", "/agent/v1/objects/points?server=" + server, null);
        assertTrue(read.statusCode() >= 400, read::body);
        unharmed();
        other.close();
    }
}
