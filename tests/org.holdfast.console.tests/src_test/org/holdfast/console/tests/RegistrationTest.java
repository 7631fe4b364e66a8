package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.GivenPassphrases;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.PassphraseKeeper;
import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.agent.install.SshAccess;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.install.internal.run.AcceptedKeys;
import org.holdfast.console.install.internal.run.HostChecks;
import org.holdfast.console.install.internal.run.Order;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.RegistrationJob;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.install.internal.run.SessionVault;
import org.holdfast.protocol.people.CredentialsView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Checks and registrations without widgets, over SSH, with vault credentials of a real vault node. */
@EnabledOnOs(OS.LINUX)
class RegistrationTest {
    private static final char[] SEAL = "a passphrase of the operator".toCharArray();

    @TempDir
    private Path folder;
    private Fleet fleet;
    private FleetSession session;
    private HeardOf vault;
    private SshFarm farm;
    private Registrations registrations;
    private AgentPackage agent;
    private int closed;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 1);
        session = fleet.connect();
        vault = new HeardOf(new SessionVault(session, "main"));
        farm = new SshFarm(folder.resolve("hosts"));
        Path left = folder.resolve("console/registrations/left.json");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "{}");
        Files.setLastModifiedTime(left, FileTime.fromMillis(0));
        registrations = new Registrations(folder.resolve("console"), Clock.systemUTC());
        agent = AgentPackage.open(SshFarm.agent(folder));
        try (ServerSocket gone = new ServerSocket(0)) {
            closed = gone.getLocalPort();
        }
        Until.that("tidy", () -> !Files.exists(left));
    }

    @AfterEach
    void stop() throws Exception {
        registrations.close();
        farm.close();
        fleet.close();
    }

    private HostEntry host(int n) {
        farm.host("127.0.1." + n);
        return HostEntry.of("127.0.1." + n, farm.port());
    }

    private Order order(Options options) {
        return new Order(vault, new SshAccess("root", List.of(), SshFarm.PASSWORD.toCharArray(), null, null, false,
                null), agent, options.contactWithin(Duration.ofSeconds(5)), 1);
    }

    private HostChecks checks(Order order, List<HostEntry> hosts) {
        return new HostChecks(order, hosts, registrations.keys(), new AcceptedKeys(), Clock.systemUTC(),
                registrations.background());
    }

    private static void over(HostChecks checks) throws Exception {
        Until.that("checked", () -> !checks.isWorking());
        assertNull(checks.failure());
    }

    private Registration registration(Order order, HostChecks checks, PassphraseKeeper keeper) {
        return new Registration(order, checks.checks(), new Registration.Parts(registrations.keys(),
                checks.accepted(), keeper, null, registrations.newState(), Clock.systemUTC(),
                registrations.background()));
    }

    private SealedPassphrases sealed() {
        return SealedPassphrases.open(folder.resolve("servers.sealed"), SEAL, Clock.systemUTC());
    }

    private List<CredentialsView> active() throws Exception {
        return session.api().credentials().list("main").get().stream().filter(c -> c.state().equals("active"))
                .toList();
    }

    private static Map<Outcome, Long> outcomes(Registration registration) {
        return registration.rows().stream().collect(Collectors.groupingBy(HostProgress::outcome,
                Collectors.counting()));
    }

    @Test
    void aHundredHostsOfWhichSomeFail() throws Exception {
        var hosts = new ArrayList<HostEntry>();
        String vaultId = session.live().vaults().snapshot().getFirst().id();
        for (int n = 1; n <= 100; n++) {
            HostEntry host = host(n);
            switch (n % 20) {
                case 1 -> host = HostEntry.of(host.host(), closed);
                case 2 -> farm.full(host.host());
                case 3 -> registered(host, vaultId);
                case 4 -> registered(host, "another-vault");
                case 5 -> new HostKeys(registrations.keys().file()).remember(host,
                        KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256).getPublic());
                default -> {
                    // all is well with it
                }
            }
            hosts.add(host);
        }
        Order order = order(Options.DEFAULT.assigning(null, List.of("site:osaka"), List.of()).parallel(16));
        HostChecks checks = checks(order, hosts);
        checks.start();
        over(checks);
        assertFalse(checks.checks().stream().anyMatch(HostCheck::isReady), "a key was trusted that nobody has seen");
        assertEquals(90, checks.accepted().waiting().size());
        checks.accept(checks.accepted().waiting());
        over(checks);
        assertTrue(checks.isOver());
        assertEquals(80, checks.checks().stream().filter(HostCheck::isReady).count());
        assertEquals(List.of(), active(), "a file was left behind by the check");

        Registration registration = registration(order, checks, sealed());
        assertEquals(new Registration.Count(0, 20, 0, 80), registration.count());
        registration.go(registration.waiting()).get(120, TimeUnit.SECONDS);
        assertNull(registration.failure());
        Map<Outcome, Long> first = outcomes(registration);
        assertEquals(5, first.get(Outcome.UNREACHABLE));
        assertEquals(5, first.get(Outcome.NO_ROOM));
        assertEquals(5, first.get(Outcome.OTHER_VAULT));
        assertEquals(5, first.get(Outcome.HOST_KEY_CHANGED));
        assertEquals(80, registration.count().good(), first.toString());
        assertEquals("null [site:osaka] []", vault.assigned().get("id-127.0.1.7"));
        assertEquals(List.of(), active(), "the file still counts after the end");
        assertEquals(75, SealedPassphrases.read(folder.resolve("servers.sealed"), SEAL).size());

        farm.host("127.0.1.2");
        Files.delete(farm.path("127.0.1.2", "bin/df"));
        long before = farm.commands("127.0.1.7");
        registration.go(registration.open()).get(60, TimeUnit.SECONDS);
        assertEquals(81, registration.count().good());
        assertEquals(before, farm.commands("127.0.1.7"), "a host was touched that is done");
        assertTrue(registration.log("127.0.1.2:" + farm.port()).size() > 5);
        assertFalse(registration.isForgotten());
        registration.close();
        assertThrows(IllegalStateException.class, () -> registration.go(registration.open()));
    }

    private void registered(HostEntry host, String vaultId) {
        farm.write(host.host(), "opt/versions/9.9.9/VERSION", "9.9.9\n");
        farm.write(host.host(), "opt/current/VERSION", "9.9.9\n");
        farm.write(host.host(), "opt/current/bin/holdfast-agent", "");
        farm.write(host.host(), "state/registration.json", "{\"serverId\":\"old-" + host.host() + "\",\"vaultId\":\""
                + vaultId + "\",\"vault\":\"main\",\"registered\":\"2026-11-23T10:00:00Z\"}");
    }

    @Test
    void stoppedAndResumedWithTypedPassphrases() throws Exception {
        List<HostEntry> hosts = List.of(host(1), host(2), host(3), host(4));
        Order order = order(Options.DEFAULT.parallel(1));
        HostChecks checks = checks(order, hosts);
        checks.start();
        over(checks);
        checks.accept(checks.accepted().waiting());
        over(checks);
        var given = new GivenPassphrases();
        hosts.forEach(host -> given.give(host, ("passphrase of host " + host.host()).toCharArray()));
        Registration registration = registration(order, checks, given);
        registrations.add(registration);
        var once = new CountDownLatch(1);
        registration.changes().add(now -> {
            if (now.count().good() == 1 && once.getCount() > 0) {
                once.countDown();
                now.stop();
            }
        });
        var job = new RegistrationJob("test", registration, registration.waiting());
        job.schedule();
        job.join();
        assertFalse(registration.isRunning());
        Map<Outcome, Long> stopped = outcomes(registration);
        assertTrue(stopped.get(Outcome.STOPPED) >= 2, stopped.toString());
        registration.go(registration.open()).get(60, TimeUnit.SECONDS);
        assertEquals(4, registration.count().good(), registration.rows().toString());
        assertTrue(registration.isForgotten(), "secrets are kept although nothing is left to do");
        assertEquals("passphrase of host 127.0.1.3\n",
                Files.readString(farm.path("127.0.1.3", "state/passphrase.got")));
        registrations.remove(registration);
        assertEquals(List.of(), registrations.all());
    }

    @Test
    void theKeyOfAJumpHostIsComparedToo() throws Exception {
        List<HostEntry> hosts = List.of(host(1), host(2));
        HostEntry jump = HostEntry.of("127.0.2.1", farm.port());
        Order order = new Order(vault, new SshAccess("root", List.of(), SshFarm.PASSWORD.toCharArray(), null, jump,
                false, null), agent, Options.DEFAULT, 1);
        HostChecks checks = checks(order, hosts);
        checks.start();
        over(checks);
        assertEquals(List.of(jump), checks.accepted().waiting().stream().map(AcceptedKeys.Shown::host).toList());
        checks.accept(checks.accepted().waiting());
        over(checks);
        assertEquals(hosts, checks.accepted().waiting().stream().map(AcceptedKeys.Shown::host).sorted(
                Comparator.comparing(HostEntry::host)).toList());
        checks.accept(checks.accepted().waiting());
        over(checks);
        assertTrue(checks.checks().stream().allMatch(HostCheck::isReady), checks.checks().toString());
    }

    @Test
    void keepsResultsWhenTheVaultRefuses() throws Exception {
        List<HostEntry> hosts = List.of(host(1));
        Order order = order(Options.DEFAULT.assigning(null, List.of("no tag!"), List.of()));
        HostChecks checks = checks(order, hosts);
        checks.start();
        over(checks);
        checks.accept(checks.accepted().waiting());
        over(checks);
        Registration registration = registration(order, checks, sealed());
        registration.go(registration.waiting()).get(60, TimeUnit.SECONDS);
        assertEquals(new Registration.Count(0, 0, 0, 1), registration.count());
        assertFalse(registration.failure().message().isEmpty());
        assertFalse(Files.exists(farm.path("127.0.1.1", "state")), "a host was touched");
        registration.close();
    }
}
