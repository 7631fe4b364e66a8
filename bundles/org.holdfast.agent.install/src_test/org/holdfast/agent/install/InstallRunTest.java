package org.holdfast.agent.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Places;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over SSH, with a package that installs nothing and hosts that are folders. */
@EnabledOnOs(OS.LINUX)
class InstallRunTest {
    private static final char[] SECRET = "a passphrase of the operator".toCharArray();
    private static final String MACHINE = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";

    @TempDir
    private Path folder;
    private final List<TestHost> hosts = new ArrayList<>();
    private ServerSocket door;
    private AgentPackage agent;
    private SealedPassphrases kept;
    private HostKeys keys;

    @BeforeEach
    void begin() throws Exception {
        agent = FakePackage.make(folder, "9.9.9", MACHINE);
        kept = SealedPassphrases.open(folder.resolve("servers.sealed"), SECRET, Clock.systemUTC());
        keys = new HostKeys(folder.resolve("known/hosts"));
        door = new ServerSocket(0);
    }

    @AfterEach
    void end() throws Exception {
        kept.close();
        door.close();
        for (TestHost host : hosts) {
            host.close();
        }
    }

    private TestHost host(String name) throws Exception {
        var host = new TestHost(folder.resolve(name));
        host.says("curl", "cat > /dev/null; printf 200");
        hosts.add(host);
        return host;
    }

    private Options options() {
        return Options.DEFAULT.contactWithin(Duration.ofSeconds(5));
    }

    private InstallRun run(TestHost host, UnaryOperator<Options> change, @Nullable VaultSide vault,
            @Nullable Path state, InstallListener listener, SshAccess access) throws Exception {
        Places places = new Places(host.resolve("opt").toString(), host.resolve("home").toString(), null,
                host.resolve("staging").toString());
        var plan = new InstallPlan(access, List.of(agent), FakePackage.credentials("vault.example:8443"),
                change.apply(options().at(places)));
        return new InstallRun(plan, List.of(host.entry()), keys, HostKeyQuestion.TRUST_FIRST, kept, vault, state,
                Clock.systemUTC(), listener);
    }

    private static SshAccess access() {
        return new SshAccess("root", List.of(), "let me in".toCharArray(), null, null, false, null);
    }

    private HostProgress go(TestHost host, UnaryOperator<Options> change, @Nullable VaultSide vault,
            @Nullable Path state) throws Exception {
        try (InstallRun run = run(host, change, vault, state, InstallListener.NONE, access())) {
            return end(run);
        }
    }

    private static HostProgress end(InstallRun run) throws Exception {
        run.start();
        assertTrue(run.await(60, TimeUnit.SECONDS), () -> run.progress().toString());
        return run.progress().getFirst();
    }

    private HostProgress go(TestHost host) throws Exception {
        return go(host, UnaryOperator.identity(), null, null);
    }

    @Test
    void allSteps() throws Exception {
        TestHost host = host("web-1");
        var steps = new CopyOnWriteArrayList<Step>();
        HostProgress done;
        try (InstallRun run = run(host, o -> o, null, null, new InstallListener() {
            @Override
            public void changed(HostProgress progress) {
                if (!steps.contains(progress.step())) {
                    steps.add(progress.step());
                }
            }
        }, access())) {
            done = end(run);
            assertTrue(run.log(host.entry()).stream().anyMatch(line -> line.contains("no agent")),
                    run.log(host.entry()).toString());
        }

        assertTrue(done.isGood(), done.toString());
        assertEquals("id-web-1", done.serverId());
        assertEquals("9.9.9", done.version());
        assertEquals(List.of(Step.CONNECT, Step.CHECK, Step.UPLOAD, Step.INSTALL, Step.REGISTER, Step.CONTACT,
                Step.END), steps);
        var there = SealedPassphrases.read(folder.resolve("servers.sealed"), SECRET).getFirst();
        assertEquals(new String(there.passphrase()) + "\n", host.read("home/passphrase.got"));
        assertEquals("id-web-1", there.serverId());
        assertTrue(host.read("home/credentials.got").contains("the token of the credentials"));
        assertFalse(host.has("staging/" + agent.name()), "what was brought is left behind");
    }

    @Test
    void secretsAreNowhereButInTheStandardInput() throws Exception {
        TestHost host = host("web-1");
        host.user("admin");
        host.says("id", "[ -n \"$AS_ROOT\" ] && echo 0 || echo 1000");
        host.says("sudo", """
                printf '%s\\n' "$*" >> "${0%/bin/sudo}/sudo.log"
                [ "$1 $2 $3" = "-k -S -p" ] || exit 9
                shift 4
                IFS= read -r word
                [ "$word" = "the sudo password" ] || { echo "Sorry, try again." >&2; exit 1; }
                AS_ROOT=yes exec "$@" """);
        var access = new SshAccess("admin", List.of(), "let me in".toCharArray(), null, null, true,
                "the sudo password".toCharArray());
        var proxy = new InstallPlan.Proxy("proxy.example:3128", "anna", "the proxy password".toCharArray());
        HostProgress done;
        try (InstallRun run = run(host, o -> o.through(proxy), null, null, InstallListener.NONE, access)) {
            done = end(run);
            String log = String.join("\n", run.log(host.entry()));
            assertFalse(log.contains("password"), log);
        }

        assertTrue(done.isGood(), done.toString());
        String passphrase = host.read("home/passphrase.got").strip();
        String told = String.join("\n", host.commands()) + host.read("sudo.log") + host.read("home/arguments")
                + host.read("home/environment");
        for (String secret : List.of(passphrase, "the sudo password", "the proxy password",
                "the token of the credentials", "let me in")) {
            assertFalse(told.contains(secret), secret);
        }
        assertEquals("the proxy password\n", host.read("home/proxy.got"));
        assertTrue(host.read("home/arguments").contains("--proxy-user anna"), host.read("home/arguments"));
    }

    @Test
    void sudoThatRefuses() throws Exception {
        TestHost host = host("web-1");
        host.says("id", "echo 1000");
        host.says("sudo", "echo 'root: a password is required' >&2; exit 1");

        assertEquals(Outcome.NOT_ROOT, go(host).outcome());
        try (InstallRun run = run(host, o -> o, null, null, InstallListener.NONE,
                new SshAccess("root", List.of(), "let me in".toCharArray(), null, null, true, null))) {
            HostProgress done = end(run);
            assertEquals(Outcome.NOT_ROOT, done.outcome());
            assertTrue(done.message().contains("a password is required"), done.toString());
        }
    }

    @Test
    void whatIsWrongWithAHostIsTold() throws Exception {
        Map<Outcome, UnaryOperator<TestHost>> cases = Map.of(
                Outcome.UNSUPPORTED, says("uname", "[ \"$1\" != -m ] && echo Linux || echo riscv64"),
                Outcome.NO_ROOM, says("df", "echo head; echo 'dev 1 1 1000 9% /'"),
                Outcome.CLOCK_WRONG, says("date", "echo 1000"),
                Outcome.VAULT_UNREACHABLE, says("curl", "cat > /dev/null; echo 'curl: (7) no way'; exit 7"),
                Outcome.UPLOAD_FAILED, says("mkdir", "exit 1"));
        for (var one : cases.entrySet()) {
            TestHost host = one.getValue().apply(host("host-" + one.getKey()));
            HostProgress done = go(host);

            assertEquals(one.getKey(), done.outcome(), done.toString());
            assertFalse(done.message().isEmpty());
            assertFalse(done.advice().isEmpty());
            assertFalse(host.has("home/registration.json"));
        }
        assertEquals(List.of(), kept.list(), "no passphrase is made for a host that gets no agent");
    }

    private static UnaryOperator<TestHost> says(String program, String script) {
        return host -> {
            try {
                host.says(program, script);
                return host;
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
    }

    @Test
    void hostsThatCannotBeReached() throws Exception {
        TestHost host = host("web-1");
        host.close();
        assertEquals(Outcome.UNREACHABLE, go(host).outcome());

        TestHost other = host("web-2");
        other.user("nobody");
        HostProgress refused = go(other);
        assertEquals(Outcome.SIGN_IN_REFUSED, refused.outcome(), refused.toString());
    }

    @Test
    void hostKeys() throws Exception {
        TestHost host = host("web-1");
        var asked = new AtomicReference<String>();
        assertEquals(Outcome.HOST_KEY_UNKNOWN, confirming(host, host.entry(), (h, kind, shown) -> {
            asked.set(shown);
            return false;
        }).outcome());
        assertEquals(HostKeys.fingerprint(host.key()), asked.get());
        assertFalse(host.commands().stream().findAny().isPresent());

        HostEntry wrong = new HostEntry("127.0.0.1", "x", host.entry().port(), null, List.of(), List.of(), null, null,
                "SHA256:" + "A".repeat(43));
        assertEquals(Outcome.HOST_KEY_CHANGED, confirming(host, wrong, HostKeyQuestion.TRUST_FIRST).outcome());
        HostEntry right = new HostEntry("127.0.0.1", "x", host.entry().port(), null, List.of(), List.of(), null, null,
                HostKeys.fingerprint(host.key()));
        assertTrue(confirming(host, right, HostKeyQuestion.REFUSE).isGood());
        assertTrue(Files.readString(keys.file()).startsWith("[127.0.0.1]:" + host.entry().port() + " ssh-rsa AAAA"));

        Files.writeString(keys.file(),
                Files.readString(keys.file()).replaceFirst("AAAA\\S{30}", "AAAA" + "B".repeat(30)));
        HostProgress changed = confirming(host, host.entry(), HostKeyQuestion.TRUST_FIRST);
        assertEquals(Outcome.HOST_KEY_CHANGED, changed.outcome());
        assertTrue(changed.advice().contains(keys.file().toString()), changed.advice());
        assertTrue(keys.forget(host.entry()));
        assertTrue(confirming(host, host.entry(), HostKeyQuestion.TRUST_FIRST).isGood());
    }

    private HostProgress confirming(TestHost host, HostEntry entry, HostKeyQuestion question) throws Exception {
        Places places = new Places(host.resolve("opt").toString(), host.resolve("home").toString(), null,
                host.resolve("staging").toString());
        var plan = new InstallPlan(access(), List.of(agent), FakePackage.credentials("vault.example:8443"),
                options().at(places));
        try (var run = new InstallRun(plan, List.of(entry), keys, question, kept, null, null, Clock.systemUTC(),
                InstallListener.NONE)) {
            return end(run);
        }
    }

    @Test
    void anAgentThatIsThere() throws Exception {
        TestHost host = host("web-1");
        assertTrue(go(host).isGood());
        host.write("home/arguments", "");
        host.write("home/started", "");

        HostProgress again = go(host);
        assertEquals(Outcome.ALREADY_REGISTERED, again.outcome(), again.toString());
        assertEquals("", host.read("home/arguments"), "nothing is installed again");

        host.write("opt/versions/9.9.9/VERSION", "9.9.8\n");
        assertEquals(Outcome.OLDER_AGENT, go(host).outcome());
        assertEquals(Outcome.DONE_WITH_WARNINGS, go(host, o -> o.upgrading(true), null, null).outcome());
        assertEquals("9.9.9\n", host.read("opt/versions/9.9.9/VERSION"));

        host.write("home/registration.json", host.read("home/registration.json")
                .replace(FakePackage.VAULT_ID, "another").replace("docs", "their-vault"));
        HostProgress other = go(host);
        assertEquals(Outcome.OTHER_VAULT, other.outcome());
        assertTrue(other.message().contains("their-vault"), other.message());
    }

    @Test
    void failuresOfTheInstaller() throws Exception {
        TestHost host = host("web-1");
        host.write("home/fail-install", "");
        HostProgress done = go(host);
        assertEquals(Outcome.INSTALLATION_FAILED, done.outcome());
        assertTrue(done.message().contains("the disk is on fire"), done.message());

        Files.delete(host.resolve("home/fail-install"));
        host.write("home/fail-register", "");
        done = go(host);
        assertEquals(Outcome.REGISTRATION_FAILED, done.outcome());
        assertTrue(done.message().contains("The credentials file has expired."), done.message());
        char[] first = kept.list().getFirst().passphrase();

        Files.delete(host.resolve("home/fail-register"));
        assertTrue(go(host).isGood());
        assertArrayEquals(first, host.read("home/passphrase.got").strip().toCharArray(),
                "a second passphrase was made");
    }

    @Test
    void nothingIsRegisteredWhosePassphraseIsNotKept() throws Exception {
        TestHost host = host("web-1");
        Files.delete(folder.resolve("servers.sealed"));
        Files.createDirectories(folder.resolve("servers.sealed/in the way"));

        HostProgress done = go(host);
        assertEquals(Outcome.PASSPHRASE_NOT_KEPT, done.outcome(), done.toString());
        assertFalse(host.has("home/registration.json"));
        assertFalse(host.has("home/passphrase.got"));
    }

    @Test
    void contactAndAssignment() throws Exception {
        TestHost host = host("web-1");
        host.write("home/mute", "");
        HostProgress mute = go(host, o -> o.contactWithin(Duration.ofMillis(10)), null, null);
        assertEquals(Outcome.NO_CONTACT, mute.outcome());
        assertTrue(mute.message().contains("no way to the vault"), mute.message());

        var vault = new Vault();
        Path state = folder.resolve("state.json");
        HostProgress done = go(host, o -> o.assigning("nightly", List.of("web"), List.of("/srv")), vault, state);
        assertTrue(done.isGood(), done.toString());
        assertEquals("nightly [web] [/srv]", vault.assigned.get("id-web-1"));

        vault.refuses = true;
        TestHost other = host("web-2");
        done = go(other, o -> o.assigning("nightly", List.of(), List.of()), vault, state);
        assertEquals(Outcome.ASSIGNMENT_FAILED, done.outcome());
        assertEquals("Create it.", done.advice());
        HoldfastException nobody = assertThrows(HoldfastException.class,
                () -> go(other, o -> o.assigning("nightly", List.of(), List.of()), null, null));
        assertEquals(Problem.INVALID_REQUEST, nobody.problem());
    }

    private static final class Vault implements VaultSide {
        private final Map<String, String> assigned = new ConcurrentHashMap<>();
        private volatile boolean refuses;

        @Override
        public boolean isConnected(String serverId, Instant since) {
            return true;
        }

        @Override
        public void assign(String serverId, @Nullable String policy, List<String> tags, List<String> folders) {
            if (refuses) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "There is no such policy.", "Create it.");
            }
            assigned.put(serverId, policy + " " + tags + " " + folders);
        }
    }

    @Test
    void uploadsGoOnWhereTheyWere() throws Exception {
        TestHost host = host("web-1");
        byte[] whole = Files.readAllBytes(agent.file());
        Files.createDirectories(host.resolve("staging"));
        Path part = host.resolve("staging/" + agent.name() + ".part");
        Files.write(part, java.util.Arrays.copyOf(whole, 300_000));
        try (InstallRun run = run(host, o -> o, null, null, InstallListener.NONE, access())) {
            assertTrue(end(run).isGood());
            assertTrue(run.log(host.entry()).stream().anyMatch(line -> line.contains("Going on at 300000")),
                    run.log(host.entry()).toString());
        }

        TestHost damaged = host("web-2");
        Files.createDirectories(damaged.resolve("staging"));
        byte[] other = java.util.Arrays.copyOf(whole, 300_000);
        other[1000] ^= 1;
        Files.write(damaged.resolve("staging/" + agent.name() + ".part"), other);
        assertEquals(Outcome.UPLOAD_FAILED, go(damaged).outcome());
        assertTrue(go(damaged).isGood(), "the damaged part was not thrown away");
    }

    @Test
    void resumedByAnotherProcess() throws Exception {
        TestHost host = host("web-1");
        Path state = folder.resolve("state.json");
        host.write("home/mute", "");
        assertEquals(Outcome.NO_CONTACT,
                go(host, o -> o.contactWithin(Duration.ofMillis(10)), null, state).outcome());
        Files.delete(host.resolve("home/mute"));
        host.write("home/arguments", "");

        HostProgress done = go(host, o -> o, null, state);
        assertTrue(done.isGood(), done.toString());
        assertTrue(done.outcome() != Outcome.ALREADY_REGISTERED, "this run's own host is taken for a stranger's");
        assertEquals("", host.read("home/arguments"), "it was registered a second time");
        int commands = host.commands().size();
        done = go(host, o -> o, null, state);
        assertTrue(done.isGood());
        assertEquals(commands, host.commands().size(), "a host that is done is left alone");
        assertFalse(Files.readString(state).contains(host.read("home/passphrase.got").strip()));

        Files.writeString(state, Files.readString(state).replace(FakePackage.VAULT_ID, "another"));
        assertThrows(HoldfastException.class, () -> go(host, o -> o, null, state));
    }

    @Test
    void stopAndRetry() throws Exception {
        TestHost host = host("web-1");
        try (InstallRun run = run(host, o -> o, null, null, InstallListener.NONE, access())) {
            host.says("tar", "exit 1");
            assertEquals(Outcome.INSTALLATION_FAILED, end(run).outcome());
            Files.delete(host.resolve("bin/tar"));
            assertTrue(end(run).isGood(), "the same run tries a failed host again");
        }
        TestHost other = host("web-2");
        var holder = new AtomicReference<InstallRun>();
        try (InstallRun run = run(other, o -> o, null, null, new InstallListener() {
            @Override
            public void changed(HostProgress progress) {
                if (progress.step() == Step.CHECK) {
                    holder.get().stop();
                }
            }
        }, access())) {
            holder.set(run);
            HostProgress done = end(run);
            assertEquals(Outcome.STOPPED, done.outcome(), done.toString());
            assertFalse(other.has("home/registration.json"));
            assertFalse(run.isRunning());
        }
    }

    @Test
    void aHundredHosts() throws Exception {
        // One server plays all good hosts: they differ by the name that is used to reach it, and so by their key.
        TestHost host = host("many");
        var most = new java.util.concurrent.atomic.AtomicInteger();
        var now = new java.util.concurrent.atomic.AtomicInteger();
        int closed;
        try (ServerSocket gone = new ServerSocket(0)) {
            closed = gone.getLocalPort();
        }
        var all = new ArrayList<HostEntry>();
        for (int i = 1; i <= 100; i++) {
            all.add(HostEntry.of("127.0.1." + i, closed));
        }
        all.set(50, host.entry());
        Places places = new Places(host.resolve("opt").toString(), host.resolve("home").toString(), null,
                host.resolve("staging").toString());
        var plan = new InstallPlan(access(), List.of(agent), FakePackage.credentials("vault.example:8443"),
                options().at(places).parallel(4));
        Set<String> running = ConcurrentHashMap.newKeySet();
        try (var run = new InstallRun(plan, all, keys, HostKeyQuestion.TRUST_FIRST, kept, null, null,
                Clock.systemUTC(), new InstallListener() {
                    @Override
                    public void changed(HostProgress progress) {
                        if (progress.step() == Step.CONNECT && running.add(progress.host().key())) {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        } else if (progress.isOver()) {
                            now.decrementAndGet();
                        }
                    }
                })) {
            run.start();
            assertTrue(run.await(60, TimeUnit.SECONDS));
            Map<Outcome, Long> outcomes = run.progress().stream()
                    .collect(Collectors.groupingBy(HostProgress::outcome, Collectors.counting()));
            assertEquals(99L, outcomes.get(Outcome.UNREACHABLE), outcomes.toString());
            assertTrue(run.progress().get(50).isGood());
        }
        assertTrue(most.get() <= 4, "at once: " + most);
    }
}
