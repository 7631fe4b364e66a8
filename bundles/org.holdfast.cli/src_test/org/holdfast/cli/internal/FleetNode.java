package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.cli.internal.fleet.ServerStores;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.Identity;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;
import org.holdfast.vault.testkit.VaultNode;

/** A vault server in this process, people who are signed in to it by command lines, and servers that are registered. */
final class FleetNode implements AutoCloseable {
    static final String PASSWORD = "correct horse battery staple";
    static final String PASSPHRASE = "a passphrase that is long enough";

    private final Path folder;
    private final VaultNode node;

    FleetNode(Path folder) {
        this.folder = folder;
        node = VaultNode.start(folder.resolve("node"));
    }

    String address() {
        return "127.0.0.1:" + node.port();
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** The certificate of the authority. */
    Path authority() throws IOException {
        return file("ca.pem", node.authorityPem());
    }

    String firstSecret() {
        return Objects.requireNonNull(node.administrator()).secret();
    }

    /** Command lines of a person; signed in when {@link #signIn} was called for that name before. */
    Run as(String person) {
        var run = new Run();
        run.variables.put("HOLDFAST_LOGIN", folder.resolve(person + "-login").resolve("login.json").toString());
        run.variables.put("PASS", PASSPHRASE);
        run.clock = Clock.systemUTC();
        run.service = new LocalVaultService(List.of(new ServerStores(run.variables, Clock.systemUTC())),
                List.of(new FilesSourceProvider()), Clock.systemUTC());
        return run;
    }

    /** Signs a person in, whose password is changed first. */
    Run signIn(String person, String secret) throws IOException {
        var run = as(person);
        assertEquals(0, run.run("login", address(), "--user", person, "--ca", authority().toString(),
                "--password-file", file(person + "-secret", secret + "\n").toString(),
                "--new-password-file", file(person + "-password", PASSWORD + "\n").toString(), "--json"), run.err());
        return run;
    }

    /** Makes an account with one role and signs that person in. */
    Run person(Run administrator, String name, String role) throws IOException {
        String secret = "the first password of " + name;
        assertEquals(0, administrator.run("user", "create", name, "--role", role, "--password-file",
                file(name + "-first", secret + "\n").toString(), "--json"), administrator.err());
        return signIn(name, secret);
    }

    /**
     * Registers a server with a credentials file as an agent does, backs its folder up, and says goodbye.
     *
     * @return the id of the point
     */
    String protect(String name, Path credentials, Path data) throws IOException {
        CredentialsFile file = Json.read(Files.readAllBytes(credentials), CredentialsFile.class);
        KeyPair keys = EcKeys.generate();
        EnrolAnswer answer;
        try (var nobody = new VaultClient(settings())) {
            answer = Objects.requireNonNull(nobody.post("/agent/v1/enrol", new EnrolRequest(file.token(), null,
                    CertificateRequest.create(keys, "server"), "machine-of-" + name + "-0123456789", name, "Test 1",
                    "0.1.0"), EnrolAnswer.class));
        }
        Path chain = file(name + ".pem", answer.certificates());
        Path key = Files.createFile(folder.resolve(name + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, Pem.ofPrivateKey(keys.getPrivate()));
        try (var agent = new VaultClient(settings().as(new Identity.Certificate(chain, key)))) {
            var service = new LocalVaultService(
                    List.of(new VaultStoreProvider(agent, new Place.Own(),
                            VaultStoreSettings.of(folder.resolve(name + "-cache"), "boot", "backup", null))),
                    List.of(new FilesSourceProvider()), Clock.systemUTC());
            String domain = service.create("vault://own", PASSPHRASE.toCharArray()).id();
            try (OpenVault vault = service.open("vault://own", PASSPHRASE.toCharArray())) {
                agent.post("/agent/v1/registration/complete", new CompleteRegistration(domain, vault.publicKey(),
                        new byte[32], "test", null), Void.class);
                var point = vault.backup(BackupRequest.of(List.of(RawPath.of(data.toString()))), p -> {
                }, new CancelToken()).point();
                return point.id();
            }
        }
    }

    private ClientSettings settings() {
        return ClientSettings.of(List.of(address()), new Trust.Authority(node.authorityPem()));
    }

    /** Runs a command line that must work, and with {@code --json} say nothing on standard error. */
    static Run done(Run run, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--json");
        assertEquals(0, run.run(all.toArray(String[]::new)), () -> String.join(" ", words) + ": " + run.err());
        assertEquals("", run.err());
        return run;
    }

    /** Runs a command line that must be refused with a problem, an exit code, and advice or a message. */
    static void refused(int code, String problem, Run run, String... words) throws IOException {
        var all = new ArrayList<>(List.of(words));
        all.add("--json");
        assertEquals(code, run.run(all.toArray(String[]::new)), () -> String.join(" ", words) + ": " + run.err());
        assertEquals("", run.out());
        // The last line: before it a person may have been asked something.
        var error = Run.JSON.readTree(run.err().lines().toList().getLast());
        assertEquals("error", error.get("type").textValue());
        assertEquals(problem, error.get("problem").textValue(), run.err());
        assertEquals(code, error.get("exitCode").intValue());
        assertTrue(error.get("message").textValue().length() > 10, run.err());
    }

    @Override
    public void close() {
        node.close();
    }
}
