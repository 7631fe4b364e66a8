package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.vault.IfExists;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.sql.testkit.PostgresServer;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Jobs;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real agent with two nodes over one PostgreSQL and one folder of objects, over TLS. */
class TwoNodesTest {
    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private @Nullable PostgresServer postgres;
    private TestDatabase database;
    private VaultNode first;
    private VaultNode second;
    private Machine machine;
    private UUID vault;
    private String id;

    @BeforeEach
    void begin() throws IOException {
        Assumptions.assumeTrue(PostgresServer.isAvailable());
        PostgresServer server = PostgresServer.start();
        postgres = server;
        database = server.newDatabase().create();
        first = node("first");
        Path pki = Files.createDirectories(tree.resolve("second").resolve("pki"));
        for (String file : List.of("ca.pem", "ca.key")) {
            Files.copy(tree.resolve("first").resolve("pki").resolve(file), pki.resolve(file));
        }
        second = node("second");
        first.get(Vaults.class).create(CreateVault.of("main"));
        vault = second.get(Vaults.class).id("main");
        machine = new Machine(tree.resolve("alpha"), new HttpConnector(null, tree.resolve("alpha-cache")), clock);
        machine.hostname = "alpha";
        byte[] credentials = first.get(Credentials.class)
                .create("main", new CreateCredentials(null, List.of(), 1, 5), "admin").bytes();
        id = machine.register(machine.request(credentials, Machine.PASSPHRASE));
        Files.writeString(machine.data().resolve("letter.txt"), "Dear Anna");
        var noise = new byte[3 << 20];
        new Random(7).nextBytes(noise);
        Files.write(machine.data().resolve("noise.bin"), noise);
    }

    private VaultNode node(String name) {
        return VaultNode.in(tree.resolve(name)).clock(clock)
                .catalog(new CatalogSettings(database.jdbcUrl(), database.user(), "")).store(tree.resolve("store"))
                .start();
    }

    @AfterEach
    void end() throws Exception {
        if (machine != null) {
            machine.close();
        }
        PostgresServer server = postgres;
        if (server != null) {
            first.close();
            second.close();
            database.close();
            server.close();
        }
        tree.close();
    }

    @Test
    void itsNodeGoesAwayInTheMiddleOfABackupAndTheOtherServesTheRestore() throws Exception {
        var slow = new SlowStore();
        machine.wrapStores(slow::wrap);
        machine.start();
        Await.until("it polls the first node", () -> machine.agent.contact().connected());
        slow.hold(true);
        // asked for at the other node than the one it polls
        String job = second.get(Jobs.class).start(vault, new StartJob(null, id, JobKind.BACKUP,
                List.of(machine.data().toString()), null, null, null, null), "admin").id();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);
        first.close();
        slow.hold(false);

        Await.until("the job has ended", () -> summary(job).state().isFinal());
        JobSummary done = summary(job);
        assertEquals(JobState.DONE, done.state(), String.valueOf(done.failure()));
        assertEquals(2, done.result().files());

        Files.delete(machine.data().resolve("letter.txt"));
        Path target = machine.folder.resolve("restored");
        String restore = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.restore(restore, JobTrigger.LOCAL, new JobSpec.Restore(null,
                done.result().point(), List.of(), target.toString(), IfExists.COPY, true, true, false, false, null)),
                null);
        Await.until("restored", () -> machine.agent.job(restore).orElseThrow().state().isFinal());
        assertEquals(JobState.DONE, machine.agent.job(restore).orElseThrow().state(),
                String.valueOf(machine.agent.job(restore).orElseThrow().failure()));
        assertEquals("Dear Anna", Files.readString(target.resolve("data/letter.txt")));
        assertArrayEquals(Files.readAllBytes(machine.data().resolve("noise.bin")),
                Files.readAllBytes(target.resolve("data/noise.bin")));
    }

    private JobSummary summary(String job) {
        return second.get(Jobs.class).get(vault, job);
    }
}
