package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.link.OneStore;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.IfExists;
import org.holdfast.crypto.SealedBox;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.AskAnswer;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.BackupOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.agent.RestoreOrder;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.agent.Signed;
import org.holdfast.protocol.common.Json;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentRuntimeTest {
    private final TempTree tree = new TempTree();
    private final TestClock clock = new TestClock();
    private final SlowStore slow = new SlowStore();
    private ScriptedVault vault;
    private Machine machine;
    private String id;
    private ScriptedVault.Server server;

    @BeforeEach
    void begin() throws IOException {
        vault = new ScriptedVault(tree.resolve("vault"), clock);
        vault.wrapStores(slow::wrap);
        machine = new Machine(tree.resolve("alpha"), vault, clock);
        id = machine.register();
        server = vault.server(id);
        Files.writeString(machine.data().resolve("letter.txt"), "Dear Anna");
        var noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        Files.write(machine.data().resolve("noise.bin"), noise);
    }

    @AfterEach
    void end() {
        slow.breakDown(true);
        machine.close();
        tree.close();
    }

    private AgentPolicy policy(String version, RunPlan plan) throws IOException {
        var policy = Policy.standard("daily").withPlan(plan).withVersion(1);
        return new AgentPolicy(version, policy, PolicyOrigin.DEFAULT, List.of(machine.data().toString()),
                Exclusions.NONE);
    }

    private static RunPlan at(int hour) {
        return new RunPlan(new Schedule.Daily(List.of(LocalTime.of(hour, 0))), "UTC", Duration.ZERO, true);
    }

    private Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(10));
    }

    private String backUp() throws IOException {
        String job = UUID.randomUUID().toString();
        vault.command(id, Command.backup(UUID.randomUUID().toString(), soon(), job,
                new BackupOrder(List.of(machine.data().toString()), null)));
        return job;
    }

    private JobState stateAtVault(String job) {
        synchronized (vault) {
            var known = server.jobs.get(job);
            return known == null ? null : known.state;
        }
    }

    private void awaitAtVault(String job, JobState state) {
        Await.until("job is " + state + " at the vault, not " + stateAtVault(job), () -> stateAtVault(job) == state);
    }

    @Test
    void aBackupOnDemandIsDoneAndTold() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);

        synchronized (vault) {
            var events = server.jobs.get(job).events;
            assertEquals(JobState.QUEUED, events.getFirst().state());
            var result = events.getLast().result();
            assertNotNull(result);
            assertEquals(2, result.files());
            assertTrue(Files.exists(vault.objects(id).resolve("points")));
        }
        Await.until("the command is acknowledged", () -> {
            synchronized (vault) {
                return server.commands.isEmpty();
            }
        });
        Await.until("the journal knows that the vault knows",
                () -> machine.agent.job(job).map(JobEntry::settled).orElse(false));
    }

    @Test
    void aPolicyHoldsAndItsScheduleRunsWhileTheVaultIsAway() throws IOException {
        clock.set(Instant.parse("2027-03-01T20:00:00Z"));
        vault.policy(id, policy("v1", at(22)));
        machine.start();
        Await.until("the policy holds",
                () -> Instant.parse("2027-03-01T22:00:00Z").equals(machine.agent.nextBackup()));
        Await.until("the vault is told", () -> {
            synchronized (vault) {
                return server.polls.getLast().policyVersion().equals("v1");
            }
        });
        vault.fail("poll", ScriptedVault.refusal(503, "away"));
        vault.fail("report", ScriptedVault.refusal(503, "away"));
        vault.fail("start", ScriptedVault.refusal(503, "away"));

        clock.set(Instant.parse("2027-03-01T22:00:01Z"));
        machine.agent.wake();
        Await.until("the backup is done", () -> machine.agent.history().stream()
                .anyMatch(e -> e.state() == JobState.DONE && e.spec().trigger() == JobTrigger.SCHEDULE));
        assertFalse(machine.agent.isReported());
        assertEquals(1, machine.agent.history().size());

        vault.fail("poll", null);
        vault.fail("report", null);
        vault.fail("start", null);
        awaitAtVault(machine.agent.history().getFirst().id(), JobState.DONE);
    }

    @Test
    void aMissedRunIsMadeUpForOnce() throws IOException {
        clock.set(Instant.parse("2027-03-01T20:00:00Z"));
        vault.policy(id, policy("v1", at(22)));
        machine.start();
        Await.until("the policy holds", () -> machine.agent.nextBackup() != null);
        machine.close();

        clock.set(Instant.parse("2027-03-05T08:00:00Z"));
        machine.start();
        Await.until("the missed backup is made", () -> machine.agent.history().stream()
                .anyMatch(e -> e.state() == JobState.DONE && e.spec().trigger() == JobTrigger.CATCH_UP));
        Await.until("the next one is the regular one",
                () -> Instant.parse("2027-03-05T22:00:00Z").equals(machine.agent.nextBackup()));
        assertEquals(1, machine.agent.history().size());
    }

    @Test
    void aKilledBackupIsInterruptedAndGoesOnAtTheNextStart() throws IOException {
        machine.start();
        slow.hold(true);
        String job = backUp();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);
        awaitAtVault(job, JobState.RUNNING);
        // As after a kill: the journal still has the job at work, and nobody is left to end it.
        byte[] journal = Files.readAllBytes(machine.home.resolve("jobs/" + job + ".json"));
        vault.fail("report", ScriptedVault.refusal(503, "away"));
        slow.breakDown(true);
        machine.close();
        Files.write(machine.home.resolve("jobs/" + job + ".json"), journal);
        vault.fail("report", null);
        slow.hold(false);
        slow.breakDown(false);

        machine.start();
        awaitAtVault(job, JobState.INTERRUPTED);
        JobEntry next = awaitResumed(job);
        awaitAtVault(next.id(), JobState.DONE);
        synchronized (vault) {
            assertEquals(job, server.jobs.get(next.id()).start.resumes());
        }
    }

    private JobEntry awaitResumed(String job) {
        Await.until("the job goes on in another one",
                () -> machine.agent.history().stream().anyMatch(e -> job.equals(e.spec().resumes())));
        return machine.agent.history().stream().filter(e -> job.equals(e.spec().resumes())).findFirst().orElseThrow();
    }

    @Test
    void aJobTheVaultHasGivenUpGoesOnUnderAnotherId() throws IOException {
        machine.start();
        slow.hold(true);
        String job = backUp();
        awaitAtVault(job, JobState.RUNNING);
        synchronized (vault) {
            server.jobs.get(job).state = JobState.INTERRUPTED;
        }
        machine.agent.jobs().pause(job);
        JobEntry next = awaitResumed(job);
        machine.agent.jobs().resume(next.id());
        slow.hold(false);

        awaitAtVault(next.id(), JobState.DONE);
        assertEquals(JobState.INTERRUPTED, stateAtVault(job));
        assertEquals(2, machine.agent.history().size());
    }

    @Test
    void aJobCanBePausedAndResumedAndCancelled() throws IOException {
        machine.start();
        slow.hold(true);
        String job = backUp();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);
        vault.command(id, Command.job(UUID.randomUUID().toString(), CommandKind.PAUSE, soon(), job));
        awaitAtVault(job, JobState.PAUSED);
        slow.hold(false);
        vault.command(id, Command.job(UUID.randomUUID().toString(), CommandKind.RESUME, soon(), job));
        awaitAtVault(job, JobState.DONE);

        slow.hold(true);
        Files.writeString(machine.data().resolve("more.txt"), "more");
        String other = backUp();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);
        String waiting = backUp();
        awaitAtVault(waiting, JobState.QUEUED);
        vault.command(id, Command.job(UUID.randomUUID().toString(), CommandKind.CANCEL, soon(), waiting));
        awaitAtVault(waiting, JobState.CANCELLED);
        vault.command(id, Command.job(UUID.randomUUID().toString(), CommandKind.CANCEL, soon(), other));
        slow.hold(false);
        awaitAtVault(other, JobState.CANCELLED);
    }

    @Test
    void aRestoreGoesElsewhereAndDoesNotWaitForABackup() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        slow.hold(true);
        Files.writeString(machine.data().resolve("more.txt"), "more");
        String backup = backUp();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);

        Path target = machine.folder.resolve("restored");
        String restore = UUID.randomUUID().toString();
        vault.command(id, Command.restore(UUID.randomUUID().toString(), soon(), restore,
                restoreOrder(restore, point, target, true)));
        awaitAtVault(restore, JobState.DONE);

        assertEquals("Dear Anna", Files.readString(target.resolve("data/letter.txt")));
        assertFalse(stateAtVault(backup).isFinal());
        slow.hold(false);
        awaitAtVault(backup, JobState.DONE);
    }

    @Test
    void whoCannotProveThePassphraseCannotRestore() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        Path target = machine.folder.resolve("restored");
        String restore = UUID.randomUUID().toString();
        vault.command(id, Command.restore(UUID.randomUUID().toString(), soon(), restore,
                restoreOrder(restore, point, target, false)));
        awaitAtVault(restore, JobState.FAILED);

        assertFalse(Files.exists(target));
    }

    private RestoreOrder restoreOrder(String job, String point, Path target, boolean signed) {
        byte[] body = Json.bytes(new RestoreRequest(job, id, id, point, List.of(),
                target.toString().getBytes(StandardCharsets.UTF_8), IfExists.COPY, true, false, null));
        String context = RestoreOrder.CONTEXT + job;
        return new RestoreOrder(null, point, SealedBox.seal(vault.completed(id).intakeKey(), context,
                Json.bytes(new Signed(body, signed ? prove(context, body) : new byte[0]))));
    }

    private byte[] prove(String context, byte[] body) {
        var service = new LocalVaultService(
                List.of(new OneStore(() -> new DirectoryStoreProvider().open(vault.objects(id).toString()))),
                List.of(new FilesSourceProvider()), clock);
        try (var open = service.open(OneStore.LOCATION, Machine.PASSPHRASE)) {
            return open.prove(context, body);
        }
    }

    @Test
    void questionsAreAnsweredForWhoeverAskedOnly() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        byte[] folder = machine.data().toString().getBytes(StandardCharsets.UTF_8);
        try (var reply = SealedBox.newKeys()) {
            AskAnswer browsed =
                    ask(new AskRequest("browse", id, clock.instant(), reply.publicKey(), point, folder, null, null,
                            1), reply);
            assertNull(browsed.failure());
            assertEquals("letter.txt", new String(browsed.entries().getFirst().name(), StandardCharsets.UTF_8));
            assertTrue(browsed.more());
            AskAnswer rest = ask(new AskRequest("browse", id, clock.instant(), reply.publicKey(), point, folder, null,
                    browsed.entries().getFirst().name(), 10), reply);
            assertEquals(List.of("noise.bin"),
                    rest.entries().stream().map(e -> new String(e.name(), StandardCharsets.UTF_8)).toList());
            AskAnswer found = ask(new AskRequest("find", id, clock.instant(), reply.publicKey(), null, null, "*.bin",
                    null, 10), reply);
            assertEquals(point, found.entries().getFirst().point());
            AskAnswer source = ask(new AskRequest("source", id, clock.instant(), reply.publicKey(), null,
                    machine.data().toString().getBytes(StandardCharsets.UTF_8), null, null, 10), reply);
            assertEquals(2, source.entries().size());
            AskAnswer wrong = ask(new AskRequest("browse", id, clock.instant(), reply.publicKey(), "abcdef", null, null,
                    null, 10), reply);
            assertEquals("point-not-found", wrong.failure().code());
        }
    }

    private AskAnswer ask(AskRequest request, SealedBox.Keys reply) throws IOException {
        byte[] body = Json.bytes(request);
        String command = UUID.randomUUID().toString();
        vault.command(id, Command.ask(command, soon(),
                new AskOrder(SealedBox.seal(vault.completed(id).intakeKey(), AskOrder.CONTEXT,
                        Json.bytes(new Signed(body, prove(AskOrder.CONTEXT, body)))))));
        Await.until("there is an answer", () -> {
            synchronized (vault) {
                return server.answers.containsKey(command);
            }
        });
        return Json.read(SealedBox.open(reply, AskOrder.ANSWER_CONTEXT, server.answers.get(command)), AskAnswer.class);
    }

    @Test
    void aClockThatIsTwoYearsOffSpoilsNothing() throws IOException {
        var wrong = new TestClock();
        wrong.advance(Duration.ofDays(730));
        var other = new Machine(tree.resolve("beta"), vault, wrong);
        String otherId = other.registrar().register(new org.holdfast.agent.internal.register.Registrar.Request(
                vault.credentials(wrong.instant().plus(Duration.ofDays(1))), Machine.PASSPHRASE, other.keyLocation(),
                false, false), step -> {}).registration().serverId();
        Files.writeString(other.data().resolve("letter.txt"), "Dear Berta");
        try (other) {
            other.start();
            Await.until("connected", () -> other.agent.contact().connected());
            String job = UUID.randomUUID().toString();
            vault.command(otherId, Command.backup(UUID.randomUUID().toString(), soon(), job,
                    new BackupOrder(List.of(other.data().toString()), null)));
            Await.until("done", () -> {
                synchronized (vault) {
                    var known = vault.server(otherId).jobs.get(job);
                    return known != null && known.state == JobState.DONE;
                }
            });
            assertTrue(other.agent.clockSkew().toDays() >= 729);
            var service = new LocalVaultService(List.of(new DirectoryStoreProvider()),
                    List.of(new FilesSourceProvider()), clock);
            try (var open = service.open(vault.objects(otherId).toString(), Machine.PASSPHRASE)) {
                var time = open.points().getFirst().time();
                assertTrue(Duration.between(time, clock.instant()).abs().toMinutes() < 5, time.toString());
            }
        }
    }

    @Test
    void theCertificateIsRenewedInTime() throws IOException {
        clock.advance(Duration.ofDays(61));
        machine.start();
        vault.command(id, Command.job(UUID.randomUUID().toString(), CommandKind.RENEW_CERTIFICATE, soon(), null));
        Await.until("renewed", () -> {
            synchronized (vault) {
                return server.renewals == 1;
            }
        });
        Await.until("in force",
                () -> Duration.between(clock.instant(), machine.agent.certificateExpires()).toDays() >= 89);
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
    }

    @Test
    void whatCannotBeFollowedIsToldAsDrift() throws IOException {
        vault.policy(id, new AgentPolicy("v2", Policy.standard("daily").withPlan(at(1)), PolicyOrigin.DEFAULT,
                List.of("/no/such/folder", machine.folder.toString()), Exclusions.NONE));
        machine.start();
        Await.until("told", () -> {
            synchronized (vault) {
                return !server.polls.isEmpty() && server.polls.getLast().drift() != null;
            }
        });
        synchronized (vault) {
            String drift = server.polls.getLast().drift();
            assertTrue(drift.contains("/no/such/folder"), drift);
            assertTrue(drift.contains("passphrase"), drift);
        }
    }

    @Test
    void theSameCommandTwiceIsOneJob() throws IOException {
        machine.start();
        String job = UUID.randomUUID().toString();
        var command = Command.backup(UUID.randomUUID().toString(), soon(), job,
                new BackupOrder(List.of(machine.data().toString()), null));
        vault.command(id, command);
        awaitAtVault(job, JobState.DONE);
        machine.close();
        machine.start();
        vault.command(id, command);
        Await.until("taken", () -> {
            synchronized (vault) {
                return server.commands.isEmpty();
            }
        });
        assertEquals(1, machine.agent.history().size());
        assertArrayEquals(new Object[] { job }, machine.agent.history().stream().map(JobEntry::id).toArray());
    }

    @Test
    void aLocalBackupIsAnnounced() throws IOException {
        machine.start();
        String job = UUID.randomUUID().toString();
        assertTrue(machine.agent.submit(JobSpec.backup(job, JobTrigger.LOCAL, List.of(machine.data().toString()), null),
                null));
        awaitAtVault(job, JobState.DONE);
        synchronized (vault) {
            assertEquals(JobTrigger.LOCAL, server.jobs.get(job).start.trigger());
        }
    }
}
