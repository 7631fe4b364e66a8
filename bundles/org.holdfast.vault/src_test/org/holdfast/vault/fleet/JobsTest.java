package org.holdfast.vault.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.api.Phase;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.data.Grants;
import org.holdfast.vault.events.VaultEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private static final String ID = "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e2a";

    private FleetFixture f;
    private UUID server;

    @BeforeEach
    void open() {
        f = new FleetFixture();
        server = f.server("web-1");
        f.poll(server);
    }

    @AfterEach
    void close() {
        f.catalog.close();
    }

    @Test
    void runsFromTheRequestToItsEnd() {
        JobSummary queued = start();
        assertEquals(JobState.QUEUED, queued.state());
        Command command = f.poll(server).commands().getFirst();
        assertEquals(CommandKind.BACKUP, command.what());
        assertEquals(ID, command.job());

        assertEquals(List.of(), f.poll(server, FleetFixture.BOOT, List.of(ID), List.of(command.id())).commands());
        assertEquals(JobState.RUNNING, f.report(server, ID, f.state(1, JobState.RUNNING)).state());
        f.clock.advance(Duration.ofSeconds(20));
        assertEquals(JobState.DONE, f.report(server, ID, f.state(2, JobState.DONE)).state());

        JobSummary done = job();
        assertEquals(JobState.DONE, done.state());
        assertEquals("ann", done.requestedBy());
        assertEquals(100, done.result().files());
        assertEquals(f.clock.instant(), done.ended());
        assertEquals(done.started(), f.summary(server).lastBackup());
        assertEquals(List.of(JobState.QUEUED, JobState.RUNNING, JobState.DONE), f.events(VaultEvent.JOB).stream()
                .map(e -> FleetFixture.body(e, JobSummary.class).state()).toList());
    }

    @Test
    void isTheSameJobForTheSameId() {
        JobSummary first = start();
        assertEquals(first, start());
        assertEquals(1, f.poll(server).commands().size());
        UUID other = f.server("web-2");

        assertRefused("id-in-use", () -> f.fleet.jobs().start(f.vault, StartJob.backup(ID, other.toString()), "ann"));
        assertEquals(1, f.fleet.jobs().list(f.vault, ListRequest.all()).total());
    }

    @Test
    void givesCommandsAgainUntilTheyAreTaken() {
        start();
        assertEquals(1, f.poll(server).commands().size());
        assertEquals(0, f.poll(server).commands().size());
        f.clock.advance(Duration.ofSeconds(31));
        assertEquals(1, f.poll(server).commands().size());
        assertEquals(1, f.poll(server, "boot-2", List.of(), List.of()).commands().size());
        f.kill();
        Command command = f.poll(server).commands().getFirst();
        f.poll(server, FleetFixture.BOOT, List.of(ID), List.of(command.id()));
        f.kill();
        assertEquals(List.of(), f.poll(server, FleetFixture.BOOT, List.of(ID), List.of()).commands());
        assertEquals(JobState.QUEUED, job().state());
    }

    @Test
    void failsWhenNobodyTakesItInTime() {
        start();
        f.passCalling(server, Duration.ofHours(13));

        JobSummary failed = job();
        assertEquals(JobState.FAILED, failed.state());
        assertEquals("agent-not-reached", failed.failure().code());
        assertEquals(List.of(), f.poll(server).commands());
    }

    @Test
    void endsAsInterruptedWithItsLostAgent() {
        running();
        f.pass(Duration.ofSeconds(179));
        assertEquals(JobState.RUNNING, job().state());
        f.pass(Duration.ofSeconds(2));

        assertEquals(JobState.INTERRUPTED, job().state());
        assertEquals("agent-lost", job().failure().code());
        assertEquals(ServerState.LOST, f.summary(server).state());
        assertEquals(JobState.INTERRUPTED, f.report(server, ID, f.state(2, JobState.RUNNING)).state());
    }

    @Test
    void outlivesARestartOfTheVault() {
        running();
        f.kill();
        f.pass(Duration.ofSeconds(100));
        f.poll(server, FleetFixture.BOOT, List.of(ID), List.of());
        f.pass(Duration.ofSeconds(100));
        assertEquals(JobState.RUNNING, job().state());
        f.report(server, ID, f.state(2, JobState.DONE));
        f.kill();

        assertEquals(JobState.DONE, job().state());
    }

    @Test
    void endsAsInterruptedAfterARestartWithoutTheAgent() {
        running();
        f.kill();
        f.pass(Duration.ofSeconds(181));

        assertEquals(JobState.INTERRUPTED, job().state());
    }

    @Test
    void isCorrectedByTheAgentThatFinishedIt() {
        running();
        f.pass(Duration.ofMinutes(5));
        assertEquals(JobState.INTERRUPTED, job().state());
        f.report(server, ID, f.state(2, JobState.DONE));

        assertEquals(JobState.DONE, job().state());
        assertNull(job().failure());
        f.report(server, ID, f.state(3, JobState.FAILED));
        assertEquals(JobState.DONE, job().state());
    }

    @Test
    void isInterruptedWhenTheAgentForgotIt() {
        running();
        f.poll(server, "boot-2", List.of(), List.of());
        assertEquals(JobState.INTERRUPTED, job().state());
        assertEquals("agent-restarted", job().failure().code());
    }

    @Test
    void isInterruptedWhenTheAgentTookItAndSaysNothing() {
        start();
        Command command = f.poll(server).commands().getFirst();
        f.poll(server, FleetFixture.BOOT, List.of(), List.of(command.id()));
        f.passCalling(server, Duration.ofSeconds(50));
        assertEquals(JobState.QUEUED, job().state());
        f.passCalling(server, Duration.ofSeconds(50));

        assertEquals(JobState.INTERRUPTED, job().state());
    }

    @Test
    void skipsWhatItHasSeen() {
        running();
        var progress = new JobProgress(Phase.TRANSFERRING, 5, 10, 50, 100, 7, 1.5, 30L, 0);
        f.report(server, ID, new JobEvent(2, f.clock.instant(), null, progress, Map.of(), List.of(), null, null));
        assertEquals(progress, job().progress());
        assertEquals(2, f.report(server, ID, f.state(2, JobState.FAILED)).lastSequence());
        assertEquals(JobState.RUNNING, job().state());
    }

    @Test
    void writesProgressNowAndThen() {
        running();
        var progress = new JobProgress(Phase.TRANSFERRING, 5, 10, 50, 100, 7, 1.5, 30L, 0);
        f.report(server, ID, new JobEvent(2, f.clock.instant(), null, progress, Map.of(), List.of(), null, null));
        f.kill();
        assertNull(job().progress());
        f.report(server, ID, new JobEvent(2, f.clock.instant(), null, progress, Map.of(), List.of(), null, null));
        f.passCalling(server, Duration.ofSeconds(40), ID);
        f.kill();
        assertEquals(progress, job().progress());
    }

    @Test
    void isCancelledAtOnceBeforeTheAgentKnows() {
        start();
        assertEquals(JobState.CANCELLED, f.fleet.jobs().cancel(f.vault, ID).state());
        assertEquals(List.of(), f.poll(server).commands());
        assertEquals(JobState.CANCELLED, f.fleet.jobs().cancel(f.vault, ID).state());
        assertRefused("job-ended", () -> f.fleet.jobs().pause(f.vault, ID));
    }

    @Test
    void isSteeredThroughTheAgent() {
        start();
        assertRefused("wrong-state", () -> f.fleet.jobs().pause(f.vault, ID));
        Command command = f.poll(server).commands().getFirst();
        f.poll(server, FleetFixture.BOOT, List.of(ID), List.of(command.id()));
        f.report(server, ID, f.state(1, JobState.RUNNING));
        f.fleet.jobs().pause(f.vault, ID);
        f.fleet.jobs().pause(f.vault, ID);
        assertEquals(List.of(CommandKind.PAUSE), kinds());
        f.report(server, ID, f.state(2, JobState.PAUSED));
        f.fleet.jobs().resume(f.vault, ID);
        assertEquals(List.of(CommandKind.RESUME), kinds());
        f.report(server, ID, f.state(3, JobState.RUNNING));
        f.fleet.jobs().cancel(f.vault, ID);
        assertEquals(List.of(CommandKind.CANCEL), kinds());
        f.report(server, ID, f.state(4, JobState.CANCELLED));

        assertEquals(JobState.CANCELLED, job().state());
        assertEquals(List.of(), kinds());
    }

    @Test
    void tellsTheAgentWhoLooks() {
        running();
        assertEquals(List.of(), f.poll(server, FleetFixture.BOOT, List.of(ID), List.of()).watch());
        job();
        assertEquals(List.of(ID), f.poll(server, FleetFixture.BOOT, List.of(ID), List.of()).watch());
        assertTrue(f.report(server, ID).watched());
        f.clock.advance(Duration.ofSeconds(16));
        assertEquals(List.of(), f.poll(server, FleetFixture.BOOT, List.of(ID), List.of()).watch());
    }

    @Test
    void keepsJobsThatAgentsBegin() {
        var begun =
                new JobStart(ID, JobKind.BACKUP, JobTrigger.SCHEDULE, f.clock.instant(), List.of(), null, null, null);
        assertEquals(JobState.RUNNING, f.fleet.reports().begun(server, begun).state());
        assertEquals(JobState.RUNNING, f.fleet.reports().begun(server, begun).state());
        assertEquals(JobTrigger.SCHEDULE, job().trigger());
        assertEquals(1, f.fleet.jobs().list(f.vault, ListRequest.where("trigger=schedule", "state=running")).total());
        UUID other = f.server("web-2");
        assertRefused("not-found", () -> f.fleet.reports().begun(other, begun));
    }

    @Test
    void keepsTenantsApart() {
        running();
        f.fleet.vaults().create(CreateVault.of("other"));
        UUID other = f.fleet.vaults().id("other");
        UUID stranger = f.server(other, "web-9");

        assertRefused("not-found", () -> f.report(stranger, ID, f.state(9, JobState.DONE)));
        assertRefused("not-found", () -> f.fleet.jobs().get(other, ID));
        assertRefused("not-found", () -> f.fleet.jobs().cancel(other, ID));
        assertRefused("not-found", () -> f.fleet.jobs().start(other, StartJob.backup(null, server.toString()), "eve"));
        assertRefused("not-found", () -> f.fleet.servers().get(other, server.toString()));
        assertRefused("not-found", () -> f.fleet.jobs().start(f.vault, new StartJob(null, server.toString(),
                JobKind.RESTORE, List.of(), null, stranger.toString(), "ab".repeat(16), new byte[8]), "eve"));
        assertEquals(JobState.RUNNING, job().state());
    }

    @Test
    void aRestoreFromAnotherServerBringsItsGrant() {
        UUID source = f.server("web-9");
        var wanted = new StartJob(ID, server.toString(), JobKind.RESTORE, List.of(), null, source.toString(),
                "ab".repeat(16), new byte[8]);
        assertRefused("grant-needed", () -> f.fleet.jobs().start(f.vault, wanted, "otto"));
        assertEquals(0, f.fleet.jobs().list(f.vault, ListRequest.all()).total());
        assertEquals(false, mayRead(source));

        f.fleet.jobs().start(f.vault, wanted, "ada", true);
        f.fleet.jobs().start(f.vault, wanted, "ada", true);
        assertEquals(true, mayRead(source));
        assertEquals(1, f.catalog.read(h -> Grants.of(h, f.vault, f.clock.instant())).size());
        // While it holds, whoever may run jobs may use it.
        f.fleet.jobs().start(f.vault, new StartJob(null, server.toString(), JobKind.RESTORE, List.of(), null,
                source.toString(), "ab".repeat(16), new byte[8]), "otto");
        f.clock.advance(java.time.Duration.ofDays(1).plusSeconds(1));
        assertEquals(false, mayRead(source));
        // Its own points need none.
        f.fleet.jobs().start(f.vault, new StartJob(null, server.toString(), JobKind.RESTORE, List.of(), null, null,
                "ab".repeat(16), new byte[8]), "otto");
    }

    private boolean mayRead(UUID source) {
        return f.catalog.read(h -> Grants.allows(h, f.vault, server, source, f.clock.instant()));
    }

    @Test
    void refusesWhatMakesNoSense() {
        String id = server.toString();
        assertRefused("invalid-request", () -> f.fleet.jobs().start(f.vault,
                new StartJob("x", id, JobKind.BACKUP, List.of(), null, null, null, null), "ann"));
        assertRefused("invalid-request", () -> f.fleet.jobs().start(f.vault,
                new StartJob(null, id, JobKind.BACKUP, List.of("../etc"), null, null, null, null), "ann"));
        assertRefused("invalid-request", () -> f.fleet.jobs().start(f.vault,
                new StartJob(null, id, JobKind.RESTORE, List.of(), null, null, null, new byte[4]), "ann"));
        assertRefused("invalid-request", () -> f.fleet.jobs().start(f.vault,
                new StartJob(null, id, JobKind.RESTORE, List.of(), null, null, "ab".repeat(16), null), "ann"));
        assertRefused("invalid-request", () -> f.fleet.jobs().start(f.vault,
                new StartJob(null, id, JobKind.IMPORT, List.of(), null, null, null, null), "ann"));
        assertEquals(0, f.fleet.jobs().list(f.vault, ListRequest.all()).total());
    }

    @Test
    void keepsNamesOfWarningsOnlyWhenThePolicySaysSo() {
        running();
        var detail = List.of(new WarningDetail("/secret", "file-changed", "It changed."));
        var event = new JobEvent(2, f.clock.instant(), null, null, Map.of("file-changed", 2L), detail, null, null);
        f.report(server, ID, event);

        assertEquals(Map.of("file-changed", 2L), job().warnings());
        assertEquals(0, f.fleet.jobs().warnings(f.vault, ID, ListRequest.all()).total());
        f.report(server, ID, f.state(3, JobState.DONE));
        assertEquals(JobState.DONE_WITH_WARNINGS, job().state());
    }

    @Test
    void writesAStateAgainThatCouldNotBeWritten() {
        running();
        breakCatalog();
        assertThrows(RuntimeException.class, () -> f.report(server, ID, f.state(2, JobState.DONE)));
        assertThrows(RuntimeException.class, () -> f.report(server, ID, f.state(2, JobState.DONE)));
        mendCatalog();
        assertEquals(JobState.DONE, f.report(server, ID, f.state(2, JobState.DONE)).state());
        f.kill();
        assertEquals(JobState.DONE, job().state());
        assertNotNull(f.summary(server).lastBackup());
    }

    @Test
    void writesAnEndAgainThatNobodyAsksFor() {
        running();
        f.pass(Duration.ZERO);
        breakCatalog();
        f.pass(Duration.ofMinutes(4));
        f.pass(Duration.ofSeconds(10));
        mendCatalog();
        f.pass(Duration.ofSeconds(10));
        f.kill();
        assertEquals(JobState.INTERRUPTED, job().state());
    }

    private void breakCatalog() {
        f.catalog.run(handle -> handle.execute("alter table jobs rename to jobs_elsewhere"));
    }

    private void mendCatalog() {
        f.catalog.run(handle -> handle.execute("alter table jobs_elsewhere rename to jobs"));
    }

    @Test
    void interruptsTheJobsOfARetiredServer() {
        running();
        f.fleet.servers().retire(f.vault, server.toString(), 1);

        assertEquals(JobState.INTERRUPTED, job().state());
        assertEquals(ServerState.RETIRED, f.summary(server).state());
        assertRefused("not-found", () -> f.poll(server));
        assertRefused("not-found", this::start);
    }

    private JobSummary start() {
        return f.fleet.jobs().start(f.vault, StartJob.backup(ID, server.toString()), "ann");
    }

    private void running() {
        start();
        Command command = f.poll(server).commands().getFirst();
        f.poll(server, FleetFixture.BOOT, List.of(ID), List.of(command.id()));
        f.report(server, ID, f.state(1, JobState.RUNNING));
        assertNotNull(f.fleet.jobs().list(f.vault, ListRequest.all()).items().getFirst().started());
    }

    private List<CommandKind> kinds() {
        var commands = f.poll(server, FleetFixture.BOOT, List.of(ID), List.of()).commands();
        f.poll(server, FleetFixture.BOOT, List.of(ID), commands.stream().map(Command::id).toList());
        return commands.stream().map(Command::what).toList();
    }

    private JobSummary job() {
        return f.fleet.jobs().get(f.vault, ID);
    }

    static void assertRefused(String code, Runnable work) {
        assertEquals(code, assertThrows(Refusal.class, work::run).code());
    }
}
