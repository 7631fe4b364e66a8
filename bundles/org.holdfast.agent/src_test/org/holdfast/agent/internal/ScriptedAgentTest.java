package org.holdfast.agent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.BackupOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An agent on a server with a little data, and a vault that does as the test says. */
abstract class ScriptedAgentTest {
    final TempTree tree = new TempTree();
    final TestClock clock = TestClock.running();
    final SlowStore slow = new SlowStore();
    ScriptedVault vault;
    Machine machine;
    String id;
    ScriptedVault.Server server;

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

    AgentPolicy policy(String version, RunPlan plan) throws IOException {
        var policy = Policy.standard("daily").withPlan(plan).withVersion(1);
        return new AgentPolicy(version, policy, PolicyOrigin.DEFAULT, List.of(machine.data().toString()),
                Exclusions.NONE);
    }

    static RunPlan at(int hour) {
        return new RunPlan(new Schedule.Daily(List.of(LocalTime.of(hour, 0))), "UTC", Duration.ZERO, true);
    }

    Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(10));
    }

    String backUp() throws IOException {
        String job = UUID.randomUUID().toString();
        vault.command(id, Command.backup(UUID.randomUUID().toString(), soon(), job,
                new BackupOrder(List.of(machine.data().toString()), null)));
        return job;
    }

    JobState stateAtVault(String job) {
        synchronized (vault) {
            var known = server.jobs.get(job);
            return known == null ? null : known.state;
        }
    }

    void awaitAtVault(String job, JobState state) {
        Await.until("job is " + state + " at the vault, not " + stateAtVault(job), () -> stateAtVault(job) == state);
    }
}
