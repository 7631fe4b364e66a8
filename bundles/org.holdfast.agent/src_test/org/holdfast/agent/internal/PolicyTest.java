package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.BackupOrder;
import org.holdfast.protocol.agent.Command;
import org.junit.jupiter.api.Test;

/** Policies: schedule, hooks, drift, names. */
class PolicyTest extends ScriptedAgentTest {
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

    private void hook(String name, String text) throws IOException {
        Path file = machine.home.hooks().resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void hooks(String version, Hook before, Hook after) throws IOException {
        Policy p = policy(version, null).policy();
        var with = new Policy(p.name(), 1, "", List.of(), Exclusions.NONE, null, p.retention(), p.bandwidth(), before,
                after, 0, p.changeDetection(), false, 0, null);
        take(new AgentPolicy(version, with, PolicyOrigin.DEFAULT, List.of(machine.data().toString()),
                Exclusions.NONE));
    }

    private void take(AgentPolicy policy) {
        vault.policy(id, policy);
        Await.until("the policy holds", () -> machine.agent.policy().policy().version().equals(policy.version()));
    }

    @Test
    void commandsRunAroundABackupAndDecideAboutIt() throws IOException {
        machine.start();
        hook("stop", "echo stopped >> '" + tree.resolve("trace") + "'");
        hook("go", "echo \"$HOLDFAST_PHASE $HOLDFAST_STATE\" >> '" + tree.resolve("trace") + "'");
        hook("bad", "exit 7");
        var minute = Duration.ofMinutes(1);
        var stop = new Hook("stop", List.of(), minute, Hook.OnFailure.FAIL);
        var go = new Hook("go", List.of(), minute, Hook.OnFailure.FAIL);
        hooks("v1", stop, go);
        awaitAtVault(backUp(), JobState.DONE);
        assertEquals("stopped\nafter done\n", Files.readString(tree.resolve("trace")));

        hooks("v2", new Hook("bad", List.of(), minute, Hook.OnFailure.FAIL), go);
        String failed = backUp();
        awaitAtVault(failed, JobState.FAILED);
        assertEquals("hook-failed", machine.agent.job(failed).orElseThrow().failure().code());

        hooks("v3", new Hook("bad", List.of(), minute, Hook.OnFailure.WARN), go);
        String warned = backUp();
        awaitAtVault(warned, JobState.DONE_WITH_WARNINGS);
        assertEquals(1L, machine.agent.job(warned).orElseThrow().warnings().get("hook-failed"));

        hooks("v4", new Hook("bad", List.of(), minute, Hook.OnFailure.IGNORE), go);
        awaitAtVault(backUp(), JobState.DONE);
    }

    @Test
    void theVaultGetsNamesOnlyWhenThePolicySaysSo() throws IOException {
        machine.start();
        var items = List.of(machine.data().toString(), machine.folder.resolve("not-there").toString());
        take(new AgentPolicy("v1", Policy.standard("quiet").withPlan(null), PolicyOrigin.DEFAULT, items,
                Exclusions.NONE));
        assertEquals(List.of(), reportedNames());

        Policy p = Policy.standard("loud");
        take(new AgentPolicy("v2", new Policy("loud", 1, "", List.of(), Exclusions.NONE, null, p.retention(),
                p.bandwidth(), null, null, 0, p.changeDetection(), true, 0, null), PolicyOrigin.DEFAULT, items,
                Exclusions.NONE));
        assertEquals(List.of(machine.folder.resolve("not-there").toString()), reportedNames());
    }

    private List<String> reportedNames() {
        String job = UUID.randomUUID().toString();
        vault.command(id, Command.backup(UUID.randomUUID().toString(), soon(), job, new BackupOrder(List.of(), null)));
        awaitAtVault(job, JobState.DONE_WITH_WARNINGS);
        synchronized (vault) {
            var events = server.jobs.get(job).events;
            assertFalse(events.getLast().warnings().isEmpty());
            return events.stream().flatMap(e -> e.details().stream()).map(d -> d.path()).toList();
        }
    }
}
