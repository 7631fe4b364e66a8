package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.agent.BackupOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TestClock;
import org.junit.jupiter.api.Test;

class AgentRuntimeTest extends ScriptedAgentTest {

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
    void aClockThatIsTwoYearsOffSpoilsNothing() throws IOException {
        var wrong = TestClock.running();
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

    private JobEntry awaitResumed(String job) {
        Await.until("the job goes on in another one",
                () -> machine.agent.history().stream().anyMatch(e -> job.equals(e.spec().resumes())));
        return machine.agent.history().stream().filter(e -> job.equals(e.spec().resumes())).findFirst().orElseThrow();
    }
}
