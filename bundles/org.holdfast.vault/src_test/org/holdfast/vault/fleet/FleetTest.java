package org.holdfast.vault.fleet;

import static org.holdfast.vault.fleet.JobsTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.PreviewPolicy;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.events.VaultEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vaults, policies and servers. */
class FleetTest {
    private FleetFixture f;

    @BeforeEach
    void open() {
        f = new FleetFixture();
    }

    @AfterEach
    void close() {
        f.catalog.close();
    }

    @Test
    void checksNamesOfVaults() {
        for (String bad : List.of("", "a", "1a", "a-", "-a", "a_b", "ä-b", "a".repeat(51))) {
            assertEquals("invalid", f.fleet.vaults().checkName(bad).reason(), bad);
            assertRefused("invalid-request", () -> f.fleet.vaults().create(CreateVault.of(bad)));
        }
        assertEquals("already-exists", f.fleet.vaults().checkName("MAIN").reason());
        assertRefused("vault-exists", () -> f.fleet.vaults().create(CreateVault.of("Main")));
        assertTrue(f.fleet.vaults().checkName("a-9").available());
    }

    @Test
    void editsVaultsAndKeepsLocks() {
        var locked = new CreateVault("main", "north", "g", "s", Map.of("env", "prod"), Redundancy.GEO,
                Immutability.LOCKED, new SoftDelete(30, true), null, null);
        assertEquals(2, f.fleet.vaults().edit("main", locked, 1).version());
        assertRefused("changed-meanwhile", () -> f.fleet.vaults().edit("main", locked, 1));
        assertRefused("setting-locked", () -> f.fleet.vaults().edit("main", CreateVault.of("main"), 2));
        assertRefused("setting-locked",
                () -> f.fleet.vaults().edit("main", new CreateVault("main", "", "", "", Map.of(),
                        Redundancy.LOCAL, Immutability.LOCKED, new SoftDelete(20, true), null, null), 2));
        assertEquals(Map.of("env", "prod"), f.fleet.vaults().get("main").value().tags());
    }

    @Test
    void deletesOnlyEmptyVaults() {
        f.fleet.policies().create(f.vault, policy("daily"), "ann");
        f.fleet.policies().assign(f.vault, "daily", new PolicyAssignments(List.of("web"), true));
        UUID server = f.server("web-1");
        long version = f.fleet.vaults().get("main").version();
        assertRefused("vault-not-empty", () -> f.fleet.vaults().delete("main", version));
        f.fleet.vaults().create(CreateVault.of("empty"));
        assertRefused("changed-meanwhile", () -> f.fleet.vaults().delete("empty", 7));
        f.fleet.vaults().delete("empty", 1);

        assertRefused("not-found", () -> f.fleet.vaults().get("empty"));
        assertEquals(1, f.fleet.vaults().list(ListRequest.all()).total());
        assertNotNull(f.summary(server));
    }

    @Test
    void followsTheStrongestPolicy() {
        for (String name : List.of("own", "db", "web", "all")) {
            f.fleet.policies().create(f.vault, policy(name), "ann");
        }
        f.fleet.policies().assign(f.vault, "all", new PolicyAssignments(List.of(), true));
        f.fleet.policies().assign(f.vault, "web", new PolicyAssignments(List.of("web"), false));
        f.fleet.policies().assign(f.vault, "db", new PolicyAssignments(List.of("db"), false));
        UUID plain = f.server("plain");
        UUID both = f.server("both", "web", "db");
        UUID own = f.server("own", "web");
        f.fleet.servers().setPolicy(f.vault, own.toString(), "own", 1);

        assertEquals("all/DEFAULT", effective(plain));
        assertEquals("db/TAG", effective(both));
        assertEquals("own/SERVER", effective(own));
        f.fleet.servers().setPolicy(f.vault, own.toString(), null, 2);
        assertEquals("web/TAG", effective(own));
        f.fleet.servers().change(f.vault, both.toString(), new ChangeServer(null, List.of("web"), null), 1);
        assertEquals("web/TAG", effective(both));
        f.fleet.policies().assign(f.vault, "web", new PolicyAssignments(List.of(), false));
        assertEquals("all/DEFAULT", effective(both));
        f.fleet.policies().assign(f.vault, "all", new PolicyAssignments(List.of(), false));
        assertEquals("null/NONE", effective(both));
        assertRefused("tag-taken", () -> f.fleet.policies().assign(f.vault, "all",
                new PolicyAssignments(List.of("db"), false)));
        assertEquals(3, f.fleet.servers().list(f.vault, ListRequest.where("policyOrigin=none")).total());
    }

    @Test
    void keepsVersionsOfPolicies() {
        f.fleet.policies().create(f.vault, policy("daily"), "ann");
        assertRefused("policy-exists", () -> f.fleet.policies().create(f.vault, policy("daily"), "ann"));
        f.fleet.policies().edit(f.vault, "daily", policy("daily").withItems(List.of("/etc")), 1, "ann");
        assertRefused("changed-meanwhile",
                () -> f.fleet.policies().edit(f.vault, "daily", policy("daily"), 1, "ben"));
        assertRefused("invalid-request", () -> f.fleet.policies().edit(f.vault, "daily", policy("other"), 2, "ben"));
        assertRefused("invalid-request", () -> f.fleet.policies().create(f.vault, policy("cron").withPlan(
                new RunPlan(new Schedule.Cron("99 * * * *"), "", Duration.ZERO, true)), "ann"));

        var versions = f.fleet.policies().versions(f.vault, "daily", ListRequest.all()).items();
        assertEquals(List.of(2L, 1L), versions.stream().map(Policy::version).toList());
        assertEquals(List.of("/etc"), f.fleet.policies().get(f.vault, "daily").value().items());
        UUID server = f.server("web-1");
        f.fleet.servers().setPolicy(f.vault, server.toString(), "daily", 1);
        assertRefused("policy-in-use", () -> f.fleet.policies().delete(f.vault, "daily", 2));
        f.fleet.servers().setPolicy(f.vault, server.toString(), null, 2);
        assertRefused("changed-meanwhile", () -> f.fleet.policies().delete(f.vault, "daily", 1));
        f.fleet.policies().delete(f.vault, "daily", 2);
        assertRefused("not-found", () -> f.fleet.policies().get(f.vault, "daily"));
    }

    @Test
    void tellsAgentsOfEachChangeOnce() {
        UUID server = f.server("web-1", "web");
        AgentPolicy none = f.poll(server).policy();
        assertNull(none.policy());
        assertNull(f.poll(server).policy());
        f.fleet.policies().create(f.vault, policy("daily"), "ann");
        f.fleet.policies().assign(f.vault, "daily", new PolicyAssignments(List.of("web"), false));
        AgentPolicy first = f.poll(server).policy();
        assertEquals(List.of("/srv"), first.items());
        f.fleet.policies().edit(f.vault, "daily", policy("daily").withItems(List.of("/etc")), 1, "ann");
        AgentPolicy second = f.poll(server).policy();
        assertEquals(List.of("/etc"), second.items());
        assertNotEquals(first.version(), second.version());
        f.fleet.servers().setItems(f.vault, server.toString(), new ServerItems(List.of("/home"),
                new Exclusions(List.of("*.tmp"), 5, true, List.of(".skip"), false)), 1);
        AgentPolicy third = f.poll(server).policy();
        assertEquals(List.of("/home"), third.items());
        assertEquals(new Exclusions(List.of("*.tmp"), 5, true, List.of(".nobackup", ".skip"), false),
                third.exclusions());
        assertNull(f.poll(server).policy());
        f.kill();
        assertNull(f.poll(server).policy());
        assertTrue(f.fleet.servers().policy(f.vault, server.toString()).value().applied());
    }

    @Test
    void doesNotHurryAnAgentThatCannotFollow() {
        f.fleet.policies().create(f.vault, policy("daily"), "ann");
        f.fleet.policies().assign(f.vault, "daily", new PolicyAssignments(List.of(), true));
        UUID server = f.server("web-1");
        PollRequest stubborn = f.says(FleetFixture.BOOT, "old", List.of(), List.of());
        assertNotNull(f.poll(server, stubborn).policy());
        assertNull(f.poll(server, stubborn).policy());
        f.clock.advance(Duration.ofSeconds(61));
        assertNotNull(f.poll(server, stubborn).policy());
    }

    @Test
    void keepsIdentityOverRenaming() {
        UUID one = f.server("web");
        UUID two = f.server("web");
        f.fleet.servers().change(f.vault, one.toString(), new ChangeServer("shop", List.of("b", "a", "a"),
                Map.of("rack", "7")), 1);
        assertRefused("changed-meanwhile", () -> f.fleet.servers().change(f.vault, one.toString(),
                new ChangeServer("late", null, null), 1));
        f.poll(one);

        assertEquals("shop", f.summary(one).name());
        assertTrue(f.fleet.servers().list(f.vault, ListRequest.where("name=shop")).items().getFirst().connected());
        assertEquals(List.of("a", "b"), f.summary(one).tags());
        assertEquals("web", f.summary(two).name());
        assertEquals(2, f.fleet.servers().list(f.vault, ListRequest.all()).total());
        f.restart();
        assertEquals("host", f.summary(one).hostname());
        assertEquals("shop", f.summary(one).name());
    }

    @Test
    void leavesNothingOfAnAbandonedRegistration() {
        UUID id = f.fleet.registry().add(f.vault, "machine", "web", "Debian", "1.2.0", List.of("web"), null);
        assertRefused("registration-incomplete", () -> f.poll(id));
        assertFalse(f.fleet.registry().isActive(id));
        f.fleet.registry().abandon(id);
        f.fleet.registry().announce(id);
        assertRefused("not-found", () -> f.poll(id));
        assertEquals(0, f.fleet.servers().list(f.vault, ListRequest.all()).total());

        UUID done = f.server("web");
        f.fleet.registry().abandon(done);
        assertTrue(f.fleet.registry().isActive(done));
        assertEquals(done, f.fleet.registry().byMachine(f.vault, "machine-web").getFirst().id());
        assertRefused("policy-not-found", () -> f.fleet.registry().add(f.vault, "m", "h", "", "", List.of(), "none"));
    }

    @Test
    void keepsHowItStandsWhenItRegistersAgain() {
        UUID server = f.server("web-1");
        f.fleet.policies().create(f.vault, policy("daily"), "ann");
        f.fleet.servers().setPolicy(f.vault, server.toString(), "daily", 1);
        f.poll(server);
        backup(server, "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e01", true);
        again(server);
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        assertEquals("daily", f.summary(server).policy());

        f.fleet.servers().retire(f.vault, server.toString(), 2);
        again(server);
        f.poll(server);
        f.pass(Duration.ZERO);
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        assertEquals(1, f.fleet.servers().list(f.vault, ListRequest.all()).total());
    }

    private void again(UUID server) {
        f.fleet.registry().addAgain(server, "web-9", "Debian 13", "1.2.1");
        f.fleet.registry().complete(server, "00".repeat(16), new byte[32], new byte[32], null, "file");
        f.fleet.registry().announce(server);
        f.pass(Duration.ZERO);
    }

    @Test
    void standsAsItsBackupsDo() {
        UUID server = f.server("web-1");
        f.poll(server);
        f.pass(Duration.ZERO);
        assertEquals(ServerState.UNPROTECTED, f.summary(server).state());
        f.fleet.policies().create(f.vault, policy("daily"), "ann");
        f.fleet.servers().setPolicy(f.vault, server.toString(), "daily", 1);
        backup(server, "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e01", true);
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        backup(server, "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e02", false);
        assertEquals(ServerState.AT_RISK, f.summary(server).state());
        backup(server, "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e03", true);
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        f.passCalling(server, Duration.ofHours(25));
        assertEquals(ServerState.AT_RISK, f.summary(server).state());
        f.pass(Duration.ofMinutes(4));
        assertEquals(ServerState.LOST, f.summary(server).state());
        assertFalse(f.summary(server).connected());
        f.poll(server);
        f.pass(Duration.ZERO);
        assertEquals(ServerState.AT_RISK, f.summary(server).state());
        assertTrue(f.events(VaultEvent.SERVER).size() >= 6);
    }

    @Test
    void tellsThatAServerIsConnectedEvenWhenItsStateStaysAsItWas() {
        UUID server = f.server("web-1");
        f.pass(Duration.ofSeconds(1));
        ServerState state = f.summary(server).state();
        assertFalse(f.summary(server).connected());
        int before = f.events(VaultEvent.SERVER).size();
        f.poll(server);
        f.pass(Duration.ofSeconds(1));
        assertEquals(state, f.summary(server).state());
        assertTrue(f.summary(server).connected());
        assertEquals(before + 1, f.events(VaultEvent.SERVER).size());
        f.poll(server);
        f.pass(Duration.ofSeconds(1));
        assertEquals(before + 1, f.events(VaultEvent.SERVER).size(), "once is enough");
    }

    @Test
    void losesNoServerBecauseTheNodeWasDown() {
        UUID server = f.server("web-1");
        f.poll(server);
        f.pass(Duration.ofSeconds(10));
        f.clock.advance(Duration.ofHours(5));
        f.restart();
        f.pass(Duration.ofSeconds(1));
        assertNotEquals(ServerState.LOST, f.summary(server).state());
        f.pass(Duration.ofMinutes(3));
        assertEquals(ServerState.LOST, f.summary(server).state());
    }

    @Test
    void bearsAgentsWithStrangeClocks() {
        UUID server = f.server("web-1");
        PollRequest said = f.says(FleetFixture.BOOT, "", List.of(), List.of());
        for (Instant clock : List.of(Instant.MIN, Instant.MAX, f.clock.instant().minus(Duration.ofDays(730)))) {
            f.poll(server, new PollRequest(said.agentVersion(), said.bootId(), "h\0st".repeat(200), said.addresses(),
                    said.os(), "Mars/Base", clock, "", null, List.of(), List.of(), 30, null));
            f.pass(Duration.ofSeconds(61));
        }
        assertEquals(ServerState.UNPROTECTED, f.summary(server).state());
        assertEquals(-730, Duration.ofMillis(f.summary(server).clockSkewMillis()).toDays());
        assertEquals(255, f.summary(server).hostname().length());
    }

    @Test
    void previewsPolicies() {
        var preview = f.fleet.previews().preview(new PreviewPolicy(policy("").withItems(List.of()), null, 3, 10));
        assertEquals(List.of("2026-05-04T22:00:00Z", "2026-05-05T22:00:00Z", "2026-05-06T22:00:00Z"),
                preview.runs().stream().map(Instant::toString).toList());
        assertEquals(10, preview.kept().size());
        assertRefused("invalid-request", () -> f.fleet.previews().preview(
                new PreviewPolicy(policy("x"), null, 0, 10)));
    }

    @Test
    void keepsPointsOfImmutableVaultsAsLongAsPromised() {
        f.fleet.policies().create(f.vault, policy("long"), "ann");
        Policy few =
                new Policy("short", 0, "", List.of("/srv"), null, null, new RetentionRule(1, 0, 0, 0, 0), null, null,
                        null, 0, null, false, 0, null);
        f.fleet.policies().create(f.vault, few, "ann");
        UUID server = f.server("web-1");
        f.fleet.servers().setPolicy(f.vault, server.toString(), "long", 1);
        f.fleet.vaults().edit("main", new CreateVault("main", "", "", "", Map.of(), Redundancy.LOCAL, Immutability.ON,
                SoftDelete.DEFAULT, null, null), 1);
        assertRefused("vault-immutable",
                () -> f.fleet.policies().edit(f.vault, "long", few.withName("long"), 1, "eve"));
        assertRefused("vault-immutable",
                () -> f.fleet.servers().setPolicy(f.vault, server.toString(), "short", 2));
        assertEquals("long", f.summary(server).policy());
        f.fleet.policies().edit(f.vault, "long", policy("long").withItems(List.of("/etc")), 1, "ann");
    }

    private void backup(UUID server, String id, boolean good) {
        FleetAlertsTest.backup(f, server, id, good ? FleetFixture.result(100, 1, 99, 0) : null, Map.of());
    }

    private String effective(UUID server) {
        var policy = f.fleet.servers().policy(f.vault, server.toString()).value();
        AgentPolicy told = f.poll(server, f.says("boot-" + UUID.randomUUID(), "?", List.of(), List.of())).policy();
        assertEquals(policy.effective(), told.policy());
        PolicyOrigin origin = policy.origin();
        return (policy.effective() == null ? null : policy.effective().name()) + "/" + origin;
    }

    static Policy policy(String name) {
        return Policy.standard(name).withItems(List.of("/srv")).withPlan(new RunPlan(
                new Schedule.Daily(List.of(LocalTime.of(22, 0))), "UTC", Duration.ZERO, true));
    }
}
