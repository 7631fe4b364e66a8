package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.agent.internal.register.Registrar;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.IfExists;
import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.enrol.AgentCertificates;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Jobs;
import org.holdfast.vault.fleet.Policies;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way over TLS, against a vault node in this process. */
class RealVaultTest {
    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private VaultNode node;
    private UUID vault;
    private Machine machine;
    private String id;

    @BeforeEach
    void begin() throws IOException {
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        node.get(Vaults.class).create(CreateVault.of("main"));
        vault = node.get(Vaults.class).id("main");
        machine = machine("alpha", clock);
        id = machine.register(machine.request(credentials(), Machine.PASSPHRASE));
        Files.writeString(machine.data().resolve("letter.txt"), "Dear Anna");
        var noise = new byte[3 << 20];
        new Random(7).nextBytes(noise);
        Files.write(machine.data().resolve("noise.bin"), noise);
    }

    @AfterEach
    void end() {
        if (machine != null) {
            machine.close();
        }
        node.close();
        tree.close();
    }

    private Machine machine(String name, Clock itsClock) throws IOException {
        var made = new Machine(tree.resolve(name), new HttpConnector(null, tree.resolve(name + "-cache")), itsClock);
        made.hostname = name;
        return made;
    }

    private byte[] credentials() {
        return node.get(Credentials.class).create("main", new CreateCredentials(null, List.of(), 1, 5), "admin")
                .bytes();
    }

    private String start(StartJob job) {
        return node.get(Jobs.class).start(vault, job, "admin").id();
    }

    private String backUp() throws IOException {
        return start(new StartJob(null, id, org.holdfast.api.fleet.JobKind.BACKUP,
                List.of(machine.data().toString()), null, null, null, null));
    }

    private JobSummary job(String job) {
        return node.get(Jobs.class).get(vault, job);
    }

    private JobSummary await(String job, JobState state) {
        Await.until("job ends or is " + state, () -> job(job).state() == state || job(job).state().isFinal());
        assertEquals(state, job(job).state(), String.valueOf(job(job).failure()));
        return job(job);
    }

    @Test
    void fromRegistrationToARestoreOnAnotherServer() throws Exception {
        machine.start();
        JobSummary done = await(backUp(), JobState.DONE);
        assertEquals(2, done.result().files());
        String point = done.result().point();

        // In place: what was lost comes back, what is there stays.
        Files.delete(machine.data().resolve("letter.txt"));
        String inPlace = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.restore(inPlace, JobTrigger.LOCAL,
                new JobSpec.Restore(null, point, List.of(), null, IfExists.SKIP, true, true, false, false, null)),
                null);
        await(inPlace);
        assertEquals("Dear Anna", Files.readString(machine.data().resolve("letter.txt")));

        try (Machine other = machine("beta", clock)) {
            String otherId = other.register(other.request(credentials(), "another passphrase, long".toCharArray()));
            other.start();
            Path target = other.folder.resolve("restored");
            String refused = UUID.randomUUID().toString();
            var what = new JobSpec.Restore(id, point, List.of(), target.toString(), IfExists.COPY, true, true, false,
                    false, null);
            other.agent.submit(JobSpec.restore(refused, JobTrigger.LOCAL, what), Machine.PASSPHRASE.clone());
            Await.until("refused", () -> other.agent.job(refused).orElseThrow().state() == JobState.FAILED);

            node.get(org.holdfast.vault.data.GrantService.class).create(vault,
                    new CreateGrant(null, id, otherId, clock.instant().plus(Duration.ofHours(1))), "admin");
            String restore = UUID.randomUUID().toString();
            other.agent.submit(JobSpec.restore(restore, JobTrigger.LOCAL, what), Machine.PASSPHRASE.clone());
            Await.until("restored", () -> other.agent.job(restore).orElseThrow().state().isFinal());
            assertEquals(JobState.DONE, other.agent.job(restore).orElseThrow().state(),
                    String.valueOf(other.agent.job(restore).orElseThrow().failure()));
            assertEquals("Dear Anna", Files.readString(target.resolve("data/letter.txt")));
            assertArrayEquals(Files.readAllBytes(machine.data().resolve("noise.bin")),
                    Files.readAllBytes(target.resolve("data/noise.bin")));
        }
    }

    private JobEntry await(String local) {
        Await.until("ended", () -> machine.agent.job(local).orElseThrow().state().isFinal());
        JobEntry entry = machine.agent.job(local).orElseThrow();
        assertEquals(JobState.DONE, entry.state(), String.valueOf(entry.failure()));
        return entry;
    }

    @Test
    void aPolicyArrivesAndRunsOnSchedule() throws Exception {
        machine.start();
        LocalTime soon = LocalTime.ofInstant(clock.instant().plus(Duration.ofHours(2)), java.time.ZoneOffset.UTC)
                .truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        var plan = new RunPlan(new Schedule.Daily(List.of(soon)), "UTC", Duration.ZERO, true);
        node.get(Policies.class).create(vault, Policy.standard("night").withPlan(plan)
                .withItems(List.of(machine.data().toString())), "admin");
        node.get(Policies.class).assign(vault, "night", new PolicyAssignments(List.of(), true));
        Await.until("the policy holds", () -> machine.agent.nextBackup() != null);
        clock.advance(Duration.ofHours(2).plusMinutes(1));
        machine.agent.wake();
        Await.until("the backup is done and told", () -> machine.agent.history().stream()
                .anyMatch(e -> e.state() == JobState.DONE && e.settled()));
        JobEntry entry = machine.agent.history().getFirst();
        assertEquals(JobTrigger.SCHEDULE, job(entry.id()).trigger());
        Await.until("the server is protected", () -> node.get(Servers.class).get(vault, id).value()
                .lastBackup() != null);
    }

    @Test
    void aKilledAgentGoesOnWhereItWas() throws Exception {
        var slow = new SlowStore();
        machine.wrapStores(slow::wrap);
        machine.start();
        slow.hold(true);
        String job = backUp();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);
        await(job, JobState.RUNNING);
        // As after a kill: the journal has the job at work, and nothing more comes from the old process.
        byte[] journal = Files.readAllBytes(machine.home.resolve("jobs/" + job + ".json"));
        machine.cutOff(true);
        slow.breakDown(true);
        machine.close();
        Files.write(machine.home.resolve("jobs/" + job + ".json"), journal);
        machine.cutOff(false);
        slow.hold(false);
        slow.breakDown(false);

        machine.start();
        await(job, JobState.INTERRUPTED);
        Await.until("it goes on in another job", () -> machine.agent.history().stream()
                .anyMatch(e -> job.equals(e.spec().resumes()) && e.settled()));
        JobEntry next = machine.agent.history().stream().filter(e -> job.equals(e.spec().resumes())).findFirst()
                .orElseThrow();
        assertEquals(JobState.DONE, job(next.id()).state());
        assertEquals(job, job(next.id()).resumes());
    }

    @Test
    void theDataIsVerifiedAndTheSurroundingsAreChecked() throws Exception {
        machine.start();
        await(backUp(), JobState.DONE);
        String check = start(new StartJob(null, id, org.holdfast.api.fleet.JobKind.CHECK, List.of(), null, null, null,
                null));
        Await.until("checked", () -> job(check).state().isFinal());
        assertTrue(List.of(JobState.DONE, JobState.DONE_WITH_WARNINGS).contains(job(check).state()),
                String.valueOf(job(check).failure()));
        String verify = start(new StartJob(null, id, org.holdfast.api.fleet.JobKind.VERIFY, List.of(), null, null, null,
                null));
        assertTrue(await(verify, JobState.DONE).result().bytesRead() > 3 << 20);
    }

    @Test
    void aRestartOfTheVaultIsBorne() throws Exception {
        machine.start();
        await(backUp(), JobState.DONE);
        int port = node.port();
        node.close();
        Await.until("the agent notices", () -> !machine.agent.contact().connected());
        String meanwhile = UUID.randomUUID().toString();
        Files.writeString(machine.data().resolve("more.txt"), "more");
        machine.agent.submit(JobSpec.backup(meanwhile, JobTrigger.LOCAL, List.of(machine.data().toString()), null),
                null);
        node = VaultNode.in(tree.resolve("vault")).clock(clock).port(port).start();

        Await.until("the agent is back", () -> machine.agent.contact().connected());
        await(meanwhile);
        Await.until("told", () -> machine.agent.job(meanwhile).orElseThrow().settled());
        assertEquals(JobState.DONE, job(meanwhile).state());
    }

    @Test
    void aRevokedCertificateEndsItAndRegisteringAgainKeepsTheHistory() throws Exception {
        machine.start();
        JobSummary done = await(backUp(), JobState.DONE);
        node.get(AgentCertificates.class).revoke(UUID.fromString(id), "stolen");
        String refused = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.backup(refused, JobTrigger.LOCAL, List.of(machine.data().toString()), null), null);
        Await.until("nothing is stored", () -> machine.agent.job(refused).orElseThrow().state() == JobState.FAILED);
        assertEquals("certificate-revoked", machine.agent.job(refused).orElseThrow().failure().code());
        machine.close();

        var wrong = new Registrar.Request(credentials(), "not the passphrase at all".toCharArray(),
                org.holdfast.agent.internal.keys.FileKeyHolder.location(machine.safe.resolve("other")), true, false);
        assertEquals(Problem.WRONG_PASSPHRASE,
                assertThrows(HoldfastException.class, () -> machine.register(wrong)).problem());
        assertFalse(Files.exists(machine.safe.resolve("other")));
        String again = machine.register(new Registrar.Request(credentials(), Machine.PASSPHRASE, machine.keyLocation(),
                true, false));
        assertEquals(id, again);
        machine.start();
        JobSummary next = await(backUp(), JobState.DONE);
        assertEquals(0, next.result().filesNew());
        assertEquals(done.serverId(), next.serverId());
    }

    @Test
    void aClockTwoYearsOffSpoilsNothing() throws Exception {
        var wrong = TestClock.running();
        wrong.advance(Duration.ofDays(-730));
        try (Machine other = machine("gamma", wrong)) {
            String otherId = other.register(other.request(credentials(), Machine.PASSPHRASE));
            Files.writeString(other.data().resolve("letter.txt"), "Dear Carla");
            other.start();
            String job = start(new StartJob(null, otherId, org.holdfast.api.fleet.JobKind.BACKUP,
                    List.of(other.data().toString()), null, null, null, null));
            JobSummary done = await(job, JobState.DONE);
            var point = node.get(org.holdfast.vault.fleet.RecoveryPoints.class).get(vault, done.result().point());
            assertTrue(Duration.between(point.time(), clock.instant()).abs().toMinutes() < 10,
                    point.time().toString());
            Await.until("the vault knows", () -> Math.abs(
                    node.get(Servers.class).get(vault, otherId).value().clockSkewMillis()) > 86_400_000L * 700);
        }
    }

    @Test
    void anIdleAgentStopsAtOnce() throws Exception {
        machine.start();
        Await.until("connected", () -> machine.agent.contact().connected());
        await(backUp(), JobState.DONE);
        Await.until("told", () -> machine.agent.isReported());
        long began = System.nanoTime();
        machine.close();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis < 2000, millis + " ms");
    }

    @Test
    void aFailedRegistrationLeavesNothingAtTheVault() throws Exception {
        long before = node.get(Vaults.class).get("main").value().servers();
        Machine other = machine("delta", clock);
        Files.writeString(other.safe.resolve("passphrase"), "something else that is there\n");
        Files.setPosixFilePermissions(other.safe.resolve("passphrase"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

        assertThrows(HoldfastException.class, () -> other.register(other.request(credentials(), Machine.PASSPHRASE)));

        assertEquals(before, node.get(Vaults.class).get("main").value().servers());
        assertEquals("something else that is there\n", Files.readString(other.safe.resolve("passphrase")));
        assertTrue(other.home.registration().isEmpty());
    }
}
