package org.holdfast.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Places;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The look at hosts before anything is changed on them, and passphrases that were typed. */
@EnabledOnOs(OS.LINUX)
class CheckRunTest {
    private static final String MACHINE = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";

    @TempDir
    private Path folder;
    private TestHost host;
    private AgentPackage agent;
    private HostKeys keys;

    @BeforeEach
    void begin() throws Exception {
        host = new TestHost(folder.resolve("web-1"));
        host.says("curl", "cat > /dev/null; printf 200");
        agent = FakePackage.make(folder, "9.9.9", MACHINE);
        keys = new HostKeys(folder.resolve("known"));
    }

    @AfterEach
    void end() throws IOException {
        host.close();
    }

    private HostCheck check(Options options, HostKeyQuestion question) throws Exception {
        Places places = new Places(host.resolve("opt").toString(), host.resolve("home").toString(), null,
                host.resolve("staging").toString());
        var access = new SshAccess("root", List.of(), "let me in".toCharArray(), null, null, false, null);
        try (var run = new CheckRun(new CheckRun.Request(access, List.of(agent), options.at(places),
                new CheckRun.Target(FakePackage.VAULT_ID, List.of("vault.example:8443"))), List.of(host.entry()), keys,
                question, Clock.systemUTC(), seen -> {
                })) {
            run.start(List.of(host.entry().key()));
            assertTrue(run.await(60, TimeUnit.SECONDS));
            assertFalse(run.isRunning());
            return run.checks().getFirst();
        }
    }

    private HostCheck check(Options options) throws Exception {
        return check(options, HostKeyQuestion.TRUST_FIRST);
    }

    private static Set<Outcome> obstacles(HostCheck check) {
        return check.findings().stream().filter(HostCheck.Finding::stops).map(HostCheck.Finding::outcome)
                .collect(Collectors.toSet());
    }

    @Test
    void changesNothingAndTellsTheKey() throws Exception {
        HostCheck unknown = check(Options.DEFAULT, HostKeyQuestion.REFUSE);
        assertEquals(Set.of(Outcome.HOST_KEY_UNKNOWN), obstacles(unknown));
        assertNull(unknown.fingerprint());
        HostCheck good = check(Options.DEFAULT);
        assertTrue(good.isReady(), good.toString());
        assertEquals(HostKeys.fingerprint(host.key()), good.fingerprint());
        assertTrue(good.system().contains(MACHINE), good.system());
        assertFalse(host.has("opt"));
        assertFalse(host.has("home"));
        assertFalse(host.has("staging"));
    }

    @Test
    void tellsAllThatStandsInTheWay() throws Exception {
        host.says("df", "echo Filesystem; echo 'disk 1000 990 10 99% /'");
        host.says("curl", "cat > /dev/null; echo 'no route'; exit 7");
        host.says("date", "echo 86400");
        HostCheck bad = check(Options.DEFAULT);
        assertEquals(Set.of(Outcome.NO_ROOM, Outcome.VAULT_UNREACHABLE, Outcome.CLOCK_WRONG), obstacles(bad));
        assertTrue(bad.findings().stream().filter(HostCheck.Finding::stops).noneMatch(f -> f.advice().isEmpty()));
    }

    @Test
    void agentsThatAreThere() throws Exception {
        host.write("opt/current/VERSION", "1.0.0\n");
        host.write("home/registration.json", "{\"serverId\":\"a\",\"vaultId\":\"" + FakePackage.VAULT_ID
                + "\",\"vault\":\"docs\",\"registered\":\"2026-11-23T10:00:00Z\"}");
        assertEquals(Set.of(Outcome.OLDER_AGENT), obstacles(check(Options.DEFAULT)));
        HostCheck upgrade = check(Options.DEFAULT.upgrading(true));
        assertTrue(upgrade.isReady(), upgrade.toString());
        assertEquals("1.0.0", upgrade.version());
        assertTrue(upgrade.findings().stream().anyMatch(f -> f.outcome() == Outcome.ALREADY_REGISTERED));
        host.write("home/registration.json", Files.readString(host.resolve("home/registration.json"))
                .replace(FakePackage.VAULT_ID, "another"));
        assertEquals(Set.of(Outcome.OTHER_VAULT), obstacles(check(Options.DEFAULT)));
    }

    @Test
    void typedPassphrases() throws Exception {
        assertEquals(GivenPassphrases.Verdict.TOO_SHORT, GivenPassphrases.judge("fifteen letters".toCharArray()));
        assertEquals(GivenPassphrases.Verdict.ACCEPTED, GivenPassphrases.judge("sixteen letters!".toCharArray()));
        assertEquals(GivenPassphrases.Verdict.TOO_LONG, GivenPassphrases.judge("x".repeat(2000).toCharArray()));
        char[] typed = "sixteen letters!".toCharArray();
        try (var given = new GivenPassphrases()) {
            given.give(host.entry(), typed);
            assertEquals("\0".repeat(16), new String(typed), "what was given is still there");
            assertEquals("sixteen letters!", new String(given.passphrase(host.entry(), "docs")));
            assertTrue(given.isKept(host.entry()));
            given.close();
            assertThrows(IOException.class, () -> given.passphrase(host.entry(), "docs"));
        }
    }
}
