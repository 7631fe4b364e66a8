package org.holdfast.vault.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.DrillResult;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.agent.DrillOrder;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.ListRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What restore drills mean for a server. */
class FleetDrillTest {
    private FleetFixture f;
    private UUID server;
    private int jobs;

    @BeforeEach
    void open(TestDatabase database) {
        f = new FleetFixture(database);
        f.fleet.policies().create(f.vault, Policy.standard("daily").withPlan(null).withItems(List.of("/srv")), "ann");
        f.fleet.policies().assign(f.vault, "daily", new PolicyAssignments(List.of(), true));
        server = f.server("web-1");
        f.poll(server);
        f.poll(server);
    }

    @AfterEach
    void close() {
        f.catalog.close();
    }

    private String job(JobKind kind, JobState state, JobResult result, @Nullable JobFailure failure) {
        String id = new UUID(9, ++jobs).toString();
        f.fleet.reports().begun(server, new JobStart(id, kind, JobTrigger.SCHEDULE, f.clock.instant(), List.of(), null,
                null, null));
        f.report(server, id, new JobEvent(1, f.clock.instant(), state, null, Map.of(), List.of(), result, failure));
        f.poll(server);
        f.fleet.engine().tick();
        return id;
    }

    private void backup() {
        job(JobKind.BACKUP, JobState.DONE, FleetFixture.result(100, 0, 100, 0), null);
    }

    private static JobResult result(long mismatches) {
        var drill = new DrillResult(42, 10, 7, mismatches, mismatches == 0 ? Map.of()
                : Map.of("not-restored",
                        mismatches),
                25, 250, 100, 1000);
        return new JobResult("ab".repeat(16), 10, 100, 0, 0, 0, 0, 100, 0, 0, -1, false, drill);
    }

    private String good() {
        return job(JobKind.DRILL, JobState.DONE, result(0), null);
    }

    private String bad() {
        return job(JobKind.DRILL, JobState.FAILED, result(2),
                new JobFailure("drill-failed", "2 of 10 files did not come back.", "Back up."));
    }

    private DrillState drills() {
        return f.summary(server).drillState();
    }

    /** Time passes, and the agent calls at its end, so that the server is not lost. */
    private void pass(Duration time) {
        f.clock.advance(time);
        f.poll(server);
        f.fleet.engine().tick();
    }

    private List<AlertKind> alerts() {
        return f.fleet.alerts().list(f.vault, ListRequest.where("state=open")).items().stream()
                .map(AlertSummary::kind).sorted().toList();
    }

    @EveryDatabase
    void aGoodDrillIsProofForAWhile() {
        f.fleet.engine().tick();
        assertEquals(DrillState.OFF, drills(), "there is nothing to restore yet");
        backup();
        assertEquals(DrillState.WAITING, drills());
        assertNull(f.summary(server).lastDrill());
        String job = good();
        var last = f.summary(server).lastDrill();
        assertEquals(DrillState.GOOD, drills());
        assertEquals(job, last.job());
        assertEquals("ab".repeat(16), last.point());
        assertEquals(0.25, last.result().coverage());
        assertEquals(last.at(), last.lastGood());

        pass(Duration.ofDays(36));
        assertEquals(List.of(), alerts());
        f.kill();
        pass(Duration.ofDays(2));
        assertEquals(DrillState.OVERDUE, drills());
        assertEquals(List.of(AlertKind.DRILL_OVERDUE), alerts());
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        assertEquals(1, f.fleet.servers().list(f.vault, ListRequest.where("drillState=overdue")).items().size());
        good();
        assertEquals(DrillState.GOOD, drills());
        assertEquals(List.of(), alerts());
    }

    @EveryDatabase
    void aFailedDrillOutranksAGreenBackup() {
        backup();
        good();
        var proof = f.summary(server).lastDrill();
        f.clock.advance(Duration.ofHours(1));
        String job = bad();
        assertEquals(DrillState.FAILED, drills());
        assertEquals(ServerState.AT_RISK, f.summary(server).state());
        assertEquals(List.of(AlertKind.DRILL_FAILED), alerts());
        AlertSummary alert = f.fleet.alerts().list(f.vault, ListRequest.where("state=open")).items().getFirst();
        assertEquals(job, alert.jobId());
        assertTrue(alert.message().contains("2 of 10 files"), alert.message());
        assertEquals(proof.at(), f.summary(server).lastDrill().lastGood());
        backup();
        assertEquals(ServerState.AT_RISK, f.summary(server).state());
        f.kill();
        f.poll(server);
        f.fleet.engine().tick();
        assertEquals(ServerState.AT_RISK, f.summary(server).state());
        assertEquals(Map.of("not-restored", 2L), f.summary(server).lastDrill().result().reasons());
        good();
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        assertEquals(List.of(), alerts());
    }

    @EveryDatabase
    void aDrillThatCouldNotBeMadeSaysNothing() {
        backup();
        good();
        var before = f.summary(server).lastDrill();
        job(JobKind.DRILL, JobState.FAILED, null, new JobFailure("store-full", "No room.", ""));
        assertEquals(before, f.summary(server).lastDrill());
        assertEquals(DrillState.GOOD, drills());
        assertEquals(ServerState.PROTECTED, f.summary(server).state());
        assertEquals(List.of(AlertKind.JOB_FAILED), alerts());
        good();
        assertEquals(List.of(), alerts());
    }

    @EveryDatabase
    void drillsAreAskedForByThePolicy() {
        backup();
        Policy policy = f.fleet.policies().get(f.vault, "daily").value();
        f.fleet.policies().edit(f.vault, "daily", policy.withDrills(new DrillRule(0, 1, 100, 1 << 30)), 1, "ann");
        pass(Duration.ofDays(100));
        assertEquals(DrillState.OFF, drills());
        f.fleet.policies().edit(f.vault, "daily", policy.withDrills(new DrillRule(7, 1, 100, 1 << 30)), 2, "ann");
        pass(Duration.ofSeconds(1));
        assertEquals(DrillState.WAITING, drills(), "it counts from when they were asked for");
        pass(Duration.ofDays(8));
        assertEquals(DrillState.WAITING, drills());
        pass(Duration.ofDays(1));
        assertEquals(DrillState.OVERDUE, drills());
        assertThrows(Refusal.class, () -> f.fleet.policies().edit(f.vault, "daily",
                policy.withDrills(new DrillRule(7, 0, 100, 1 << 30)), 3, "ann"));
    }

    @EveryDatabase
    void aDrillIsStartedOnDemand() {
        String id = UUID.randomUUID().toString();
        f.fleet.jobs().start(f.vault, StartJob.drill(id, server.toString(), null, 7L), "ann");
        List<Command> commands = f.poll(server).commands();
        assertEquals(List.of(CommandKind.DRILL), commands.stream().map(Command::what).toList());
        assertEquals(new DrillOrder(null, 7L), commands.getFirst().drill());
        assertThrows(Refusal.class,
                () -> f.fleet.jobs().start(f.vault, StartJob.drill(null, server.toString(), null, -1L), "ann"));
    }
}
