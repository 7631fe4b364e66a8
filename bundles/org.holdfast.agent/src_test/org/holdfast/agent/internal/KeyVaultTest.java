package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.holdfast.agent.internal.check.CheckStep;
import org.holdfast.agent.internal.check.Checks;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.agent.internal.register.PassphraseChange;
import org.holdfast.agent.internal.register.Registrar;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.KeyVaultDouble;
import org.holdfast.azure.doubles.KeyVaultDouble.Right;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.keys.azure.KeyVaultKeyHolder;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose passphrase is in a Key Vault, with a vault node, an Entra ID and a Key Vault in this process. */
@Timeout(120)
class KeyVaultTest {
    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private final TestTls tls = TestTls.make("localhost", Instant.now());
    private final EntraDouble entra = new EntraDouble(tls, Clock.systemUTC());
    private final KeyVaultDouble keyVault = new KeyVaultDouble(tls, Clock.systemUTC(), entra, true);
    private final String client = entra.application("a secret");
    private VaultNode node;
    private Machine machine;

    @BeforeEach
    void begin() throws IOException {
        keyVault.grantAll(client);
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        node.get(Vaults.class).create(CreateVault.of("main"));
        machine = new Machine(tree.resolve("alpha"), new HttpConnector(null, tree.resolve("cache")), clock);
        Path folder = machine.safe;
        machine.holders = List.of(new FileKeyHolder(), new KeyVaultKeyHolder(Map.of("AZURE_TENANT_ID",
                EntraDouble.TENANT, "AZURE_CLIENT_ID", client, "AZURE_AUTHORITY_HOST", entra.authority(),
                "HOLDFAST_AZURE_CA", tls.certificateFile(folder).toString(), "HOLDFAST_AZURE_SECRET_FILE",
                Files.writeString(folder.resolve("secret"), "a secret\n").toString()), Duration.ofMillis(1)));
        Files.writeString(machine.data().resolve("letter.txt"), "Dear Anna");
    }

    @AfterEach
    void end() {
        machine.close();
        node.close();
        keyVault.close();
        entra.close();
        tree.close();
    }

    private String location() {
        return "keyvault://localhost:" + keyVault.port();
    }

    private String name() {
        return keyVault.names().getFirst();
    }

    private String register() throws IOException {
        byte[] file = node.get(Credentials.class).create("main", new CreateCredentials(null, List.of(), 1, 5), "admin")
                .bytes();
        return machine.register(new Registrar.Request(file, Machine.PASSPHRASE, location(), false, false));
    }

    private JobState backUp() throws IOException {
        machine.start();
        String job = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.backup(job, JobTrigger.LOCAL, List.of(machine.data().toString()), null), null);
        Await.until("ended", () -> machine.agent.job(job).orElseThrow().state().isFinal());
        JobState state = machine.agent.job(job).orElseThrow().state();
        machine.close();
        return state;
    }

    private int servers() {
        return node.get(Servers.class).list(node.get(Vaults.class).id("main"), ListRequest.all()).items().size();
    }

    @Test
    void registrationPutsItThereAndBackupsReadIt() throws IOException {
        String id = register();

        var registration = machine.home.registration().orElseThrow();
        assertTrue(registration.keyHolder().matches(location() + "/" + name() + "/[0-9a-f]{32}"),
                registration.keyHolder());
        assertEquals(List.of(new String(Machine.PASSPHRASE)), keyVault.values(name()));
        assertEquals(id, keyVault.tags(name()).get("server"));
        assertEquals(registration.domainId(), keyVault.tags(name()).get("domain"));
        assertFalse(Files.exists(machine.safe.resolve("passphrase")));
        assertEquals(JobState.DONE, backUp());
    }

    @Test
    void aChangeIsANewVersionAndTheOldOneStaysReadable() throws IOException {
        register();
        String before = machine.home.registration().orElseThrow().keyHolder();
        new PassphraseChange(machine.home, machine.parts()).change(before, false,
                "quite another passphrase".toCharArray(), step -> {
                });

        String after = machine.home.registration().orElseThrow().keyHolder();
        assertEquals(List.of(new String(Machine.PASSPHRASE), "quite another passphrase"), keyVault.values(name()));
        assertEquals(List.of(true, true), keyVault.enabled(name()));
        assertTrue(after.startsWith(location() + "/" + name() + "/") && !after.equals(before), after);
        assertEquals(JobState.DONE, backUp());
    }

    @Test
    void aPassphraseMovesFromAFileIntoAKeyVault() throws IOException {
        byte[] file = node.get(Credentials.class).create("main", new CreateCredentials(null, List.of(), 1, 5), "admin")
                .bytes();
        machine.register(machine.request(file, Machine.PASSPHRASE));
        new PassphraseChange(machine.home, machine.parts()).change(location(), false,
                "quite another passphrase".toCharArray(), step -> {
                });

        assertFalse(Files.exists(machine.safe.resolve("passphrase")));
        assertEquals(List.of("quite another passphrase"), keyVault.values(name()));
        assertEquals(JobState.DONE, backUp());
    }

    private void assertNothingRemains(Problem problem, String message) throws IOException {
        HoldfastException e = assertThrows(HoldfastException.class, this::register);
        assertEquals(problem, e.problem(), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(machine.home.registration().isEmpty());
        assertFalse(Files.exists(machine.home.resolve("registration-pending.json")));
        assertEquals(0, servers());
    }

    @Test
    void whatFailsLeavesNoServer() throws IOException {
        keyVault.grant(client, Right.GET);
        assertNothingRemains(Problem.ACCESS_DENIED, "No role on the Key Vault");
        keyVault.closeWith("ForbiddenByConnection");
        assertNothingRemains(Problem.ACCESS_DENIED, "private endpoint alone");
        keyVault.closeWith("");
        keyVault.grantAll(client);
        keyVault.forgetful(true);
        assertNothingRemains(Problem.STORE_UNAVAILABLE, "is not what was stored");
        assertEquals(List.of(false), keyVault.enabled(name()));
        keyVault.forgetful(false);
        register();
        assertEquals(JobState.DONE, backUp());
    }

    @Test
    void theCheckTriesIt() throws IOException {
        register();
        Map<String, CheckStep.Result> steps = new Checks(machine.home, new KeyHolders(machine.holders), null, clock)
                .run(null, List.of(), null).stream().filter(step -> step.name().startsWith("key-vault"))
                .collect(Collectors.toMap(CheckStep::name, CheckStep::result));
        assertEquals(Map.of("key-vault-identity", CheckStep.Result.OK, "key-vault-set", CheckStep.Result.OK,
                "key-vault-get", CheckStep.Result.OK, "key-vault-list", CheckStep.Result.OK, "key-vault-protection",
                CheckStep.Result.OK, "key-vault-secret", CheckStep.Result.OK), steps);
    }
}
