package org.holdfast.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Places;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH: processes of sshd on loopback ports with their own configuration; root only. */
class OpenSshTest {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final String MACHINE = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";

    @TempDir
    private Path folder;
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<Process> processes = new ArrayList<>();
    private AgentPackage agent;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Files.isExecutable(SSHD) && System.getProperty("user.name").equals("root"), "no sshd, or not root");
        Files.createDirectories(Path.of("/run/sshd"));
        agent = FakePackage.make(folder, "9.9.9", MACHINE);
    }

    @AfterEach
    void end() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        processes.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    private Path key(String name, String kind, String passphrase) throws Exception {
        Path file = folder.resolve(name);
        run("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", file.toString());
        return file;
    }

    /** A host that lets root in with the public half of a key. */
    private HostEntry host(String name, Path key) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name));
        Path hostKey = key(name + "/host_key", "ed25519", "");
        Files.copy(Path.of(key + ".pub"), home.resolve("authorized_keys"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(home.resolve("sshd_config"), "Port " + port + "\nListenAddress 127.0.0.1\n"
                + "HostKey " + hostKey + "\nPidFile none\nAuthorizedKeysFile " + home.resolve("authorized_keys")
                + "\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\n"
                + "KbdInteractiveAuthentication no\nAllowTcpForwarding yes\n");
        processes.add(new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start());
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers(port)) {
            assertTrue(System.nanoTime() < until, "sshd does not answer");
            assertFalse(never.await(20, TimeUnit.MILLISECONDS));
        }
        String line = Files.readString(Path.of(hostKey + ".pub"));
        return new HostEntry("127.0.0.1", name, port, "root", List.of(), List.of(), null, null, fingerprint(line));
    }

    private static String fingerprint(String line) throws Exception {
        return HostKeys.fingerprint(org.apache.sshd.common.config.keys.AuthorizedKeyEntry
                .parseAuthorizedKeyEntry(line.strip()).resolvePublicKey(null, null));
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    private HostProgress install(HostEntry host, List<KeyPair> keys, @Nullable Path socket, @Nullable HostEntry jump)
            throws Exception {
        var access = new SshAccess("root", keys, null, socket, jump, false, null);
        Path home = folder.resolve(host.name());
        Places places = new Places(home.resolve("opt").toString(), home.resolve("state").toString(), null,
                home.resolve("staging").toString());
        // The vault of the credentials is the SSH server itself: something answers there, and it is not asked more.
        var plan = new InstallPlan(access, List.of(agent), FakePackage.credentials("127.0.0.1:" + host.port()),
                Options.DEFAULT.at(places).contactWithin(Duration.ofSeconds(10)));
        try (var kept = SealedPassphrases.open(folder.resolve("servers.sealed"),
                "a passphrase of the operator".toCharArray(), Clock.systemUTC());
                var run = new InstallRun(plan, List.of(host), new HostKeys(folder.resolve("known")),
                        HostKeyQuestion.REFUSE, kept, null, null, Clock.systemUTC(), InstallListener.NONE)) {
            run.start();
            assertTrue(run.await(60, TimeUnit.SECONDS));
            HostProgress end = run.progress().getFirst();
            assertTrue(end.outcome() != Outcome.INTERNAL, () -> run.log(host).toString());
            return end;
        }
    }

    /** The probe of the vault finds an SSH server, which is no vault: signing in has gone well. */
    private static void assertSignedIn(HostProgress end) {
        assertTrue(end.outcome() == Outcome.VAULT_UNREACHABLE || end.isGood(), end.toString());
    }

    @Test
    void keysOfAllKinds() throws Exception {
        for (String kind : List.of("ed25519", "ecdsa", "rsa")) {
            Path key = key("key-" + kind, kind, "the passphrase of the key");
            HostEntry host = host("host-" + kind, key);

            assertSignedIn(install(host, SshAccess.keys(key, "the passphrase of the key".toCharArray()), null, null));
            for (char[] wrong : new char[][] { null, "wrong".toCharArray() }) {
                assertEquals(Problem.WRONG_PASSPHRASE,
                        assertThrows(HoldfastException.class, () -> SshAccess.keys(key, wrong)).problem(), kind);
            }
        }
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        HostEntry host = host("host", key("right", "ed25519", ""));

        HostProgress end = install(host, SshAccess.keys(key("wrong", "ed25519", ""), null), null, null);
        assertEquals(Outcome.SIGN_IN_REFUSED, end.outcome(), end.toString());
    }

    @Test
    void sshAgent() throws Exception {
        Path key = key("key", "ed25519", "");
        HostEntry host = host("host", key);
        Path socket = folder.resolve("agent.socket");
        processes.add(new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.exists(socket)) {
            assertTrue(System.nanoTime() < until, "no agent");
            assertFalse(never.await(20, TimeUnit.MILLISECONDS));
        }
        run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());

        assertSignedIn(install(host, List.of(), socket, null));
    }

    @Test
    void jumpHost() throws Exception {
        Path key = key("key", "ed25519", "");
        HostEntry jump = host("jump", key);
        HostEntry host = host("host", key);

        assertSignedIn(install(host, SshAccess.keys(key, null), null, jump));
        String log = Files.readString(folder.resolve("jump/log"));
        assertTrue(log.contains("Accepted publickey"), log);

        HostEntry gone = new HostEntry("127.0.0.1", "gone", 1, null, List.of(), List.of(), null, null, null);
        HostProgress end = install(gone, SshAccess.keys(key, null), null, jump);
        assertEquals(Outcome.UNREACHABLE, end.outcome(), end.toString());
    }

    @Test
    void allSteps() throws Exception {
        Path key = key("key", "ed25519", "");
        HostEntry host = host("host", key);
        // A curl that says yes, by the environment that sshd gives to commands.
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path curl = Files.writeString(bin.resolve("curl"), "#!/bin/sh\ncat > /dev/null; printf 200\n");
        assertTrue(curl.toFile().setExecutable(true));
        Path keys = folder.resolve("host/authorized_keys");
        Path login = Files.writeString(bin.resolve("login"), "#!/bin/sh\nPATH=" + bin
                + ":$PATH; export PATH; exec sh -c \"$SSH_ORIGINAL_COMMAND\"\n");
        assertTrue(login.toFile().setExecutable(true));
        Files.writeString(keys, "command=\"" + login + "\" " + Files.readString(keys));

        HostProgress end = install(host, SshAccess.keys(key, null), null, null);
        assertTrue(end.isGood(), end.toString());
        assertEquals("id-host", end.serverId());
    }
}
