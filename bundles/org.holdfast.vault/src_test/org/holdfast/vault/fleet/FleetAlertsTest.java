package org.holdfast.vault.fleet;

import static org.holdfast.vault.fleet.JobsTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.data.DataServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts, what raises them, and questions to agents. */
class FleetAlertsTest {
    private FleetFixture f;
    private UUID server;
    private int jobs;

    @BeforeEach
    void open() {
        f = new FleetFixture();
        f.fleet.policies().create(f.vault, FleetTest.policy("daily"), "ann");
        f.fleet.policies().assign(f.vault, "daily", new PolicyAssignments(List.of(), true));
        server = f.server("web-1");
        f.poll(server);
        f.poll(server);
    }

    @AfterEach
    void close() {
        f.catalog.close();
    }

    @Test
    void tellsOfAMissedBackupUntilOneIsMade() {
        backup(FleetFixture.result(100, 1, 99, 0));
        f.passCalling(server, Duration.ofHours(12));
        assertEquals(List.of(), kinds());
        f.passCalling(server, Duration.ofHours(2));
        assertEquals(List.of(AlertKind.BACKUP_MISSED), kinds());
        f.fleet.policies().edit(f.vault, "daily", FleetTest.policy("daily").withItems(List.of("/etc")), 1, "ann");
        f.passCalling(server, Duration.ofMinutes(2));
        assertEquals(List.of(AlertKind.BACKUP_MISSED), kinds());
        backup(FleetFixture.result(100, 1, 99, 0));
        assertEquals(List.of(), kinds());
    }

    @Test
    void countsOneCauseInOneAlert() {
        backup(null);
        backup(null);
        AlertSummary alert = alerts("state=open").getFirst();
        assertEquals(AlertKind.JOB_FAILED, alert.kind());
        assertEquals(2, alert.count());
        assertTrue(alert.message().contains("No room."));
        f.kill();
        backup(null);
        assertEquals(3, alerts("state=open").getFirst().count());
        backup(FleetFixture.result(1, 0, 1, 0));
        assertEquals(AlertState.CLOSED, f.fleet.alerts().get(f.vault, alert.id()).state());
        backup(null);
        assertEquals(2, alerts("kind=job-failed").size());
    }

    @Test
    void isAcknowledgedAndMuted() {
        backup(null);
        String id = alerts("state=open").getFirst().id();
        f.fleet.vaults().create(CreateVault.of("other"));
        UUID other = f.fleet.vaults().id("other");
        assertRefused("not-found", () -> f.fleet.alerts().acknowledge(other, id, "", "eve"));
        AlertSummary acknowledged = f.fleet.alerts().acknowledge(f.vault, id, "I look", "ann");
        assertEquals(AlertState.ACKNOWLEDGED, acknowledged.state());
        assertEquals("ann", acknowledged.acknowledgedBy());
        assertRefused("invalid-request", () -> f.fleet.alerts().mute(f.vault, id, f.clock.instant()));
        assertEquals(AlertState.MUTED, f.fleet.alerts().mute(f.vault, id, f.clock.instant().plusSeconds(600)).state());
        assertEquals(AlertState.MUTED, f.fleet.alerts().acknowledge(f.vault, id, "still", "ben").state());
        f.passCalling(server, Duration.ofMinutes(9));
        assertEquals(AlertState.MUTED, f.fleet.alerts().get(f.vault, id).state());
        f.passCalling(server, Duration.ofMinutes(2));
        assertEquals(AlertState.ACKNOWLEDGED, f.fleet.alerts().get(f.vault, id).state());
        backup(FleetFixture.result(1, 0, 1, 0));
        assertRefused("alert-closed", () -> f.fleet.alerts().acknowledge(f.vault, id, "", "ann"));
    }

    @Test
    void tellsOfTwoMachinesWithOneIdentity() {
        // A restart is none, nor is a call that comes late once.
        f.poll(server, "boot-2", List.of(), List.of());
        f.poll(server, FleetFixture.BOOT, List.of(), List.of());
        f.poll(server, "boot-2", List.of(), List.of());
        f.pass(Duration.ofSeconds(20));
        assertEquals(List.of(), kinds());

        Polls.Poll first = f.fleet.polls().begin(server, f.says("boot-2", "", List.of(), List.of()));
        f.poll(server, FleetFixture.BOOT, List.of(), List.of());
        // It waits: if it were answered, the two would chase each other.
        org.junit.jupiter.api.Assertions.assertNull(first.answerOrNull());
        f.poll(server, "boot-2", List.of(), List.of());
        f.pass(Duration.ofSeconds(20));
        assertEquals(List.of(AlertKind.IDENTITY_SHARED), kinds());
        AlertSummary alert = alerts("state=open").getFirst();
        assertTrue(alert.message().contains("host (192.0.2.1) and host (192.0.2.1)"), alert.message());
        assertTrue(alert.advice().contains("--new-machine"), alert.advice());

        f.passCalling(server, Duration.ofMinutes(11));
        assertEquals(List.of(), kinds());
        f.poll(server, "boot-3", List.of(), List.of());
        f.pass(Duration.ofSeconds(20));
        assertEquals(List.of(), kinds());
    }

    @Test
    void tellsOfWarningsAboveTheThreshold() {
        f.fleet.policies().edit(f.vault, "daily", new Policy("daily", 1, "", List.of("/srv"),
                null, null, null, null, null, null, 0, null, true, 5, null), 1, "ann");
        f.poll(server);
        backup(f, server, id(), FleetFixture.result(10, 0, 10, 0), Map.of("file-changed", 3L, "file-vanished", 2L));
        assertEquals(List.of(), kinds());
        backup(f, server, id(), FleetFixture.result(10, 0, 10, 0), Map.of("file-changed", 3L, "file-vanished", 3L));
        assertEquals(List.of(AlertKind.JOB_WARNINGS), kinds());
        backup(f, server, id(), FleetFixture.result(10, 0, 10, 0), Map.of());
        assertEquals(List.of(), kinds());
    }

    @Test
    void tellsOfBackupsUnlikeTheOnesBefore() {
        for (int i = 0; i < 3; i++) {
            backup(FleetFixture.result(10_000, 100, 9900, 10));
        }
        assertEquals(List.of(), kinds());
        backup(FleetFixture.result(10_000, 6000, 4000, 0));
        assertEquals(List.of(AlertKind.ANOMALY), kinds());
        backup(FleetFixture.result(10_000, 50, 9950, 0));
        assertEquals(List.of(), kinds());
        backup(FleetFixture.result(5_000, 50, 5000, 5000));
        assertEquals(List.of(AlertKind.ANOMALY), kinds());
    }

    @Test
    void noticesRandomDataAndKnowsWhoAlwaysHasIt() {
        JobResult usual = entropy(5);
        JobResult random = entropy(7.9);
        assertTrue(Anomaly.find(random, List.of(usual, usual, usual)).isPresent());
        assertTrue(Anomaly.find(random, List.of(usual, usual)).isEmpty());
        assertTrue(Anomaly.find(random, List.of(usual, random, usual)).isEmpty());
        assertTrue(Anomaly.find(usual, List.of(usual, usual, usual)).isEmpty());
        JobResult many = FleetFixture.result(1000, 500, 500, 0);
        assertTrue(Anomaly.find(many, List.of(many, many, many)).isEmpty());
    }

    @Test
    void tellsOfLostDriftingAndOldServers() {
        f.pass(Duration.ofMinutes(3));
        assertEquals(List.of(AlertKind.SERVER_LOST), kinds());
        PollRequest said = f.says(FleetFixture.BOOT, "x", List.of(), List.of());
        PollRequest odd = new PollRequest("1.1.9", said.bootId(), "h", List.of(), "os", "UTC", said.clock(), "x",
                "hook missing", List.of(), List.of(), 0, null);
        f.poll(server, odd);
        f.pass(Duration.ZERO);
        assertEquals(List.of(AlertKind.AGENT_OUTDATED), kinds());
        for (int i = 0; i < 6; i++) {
            f.clock.advance(Duration.ofMinutes(1));
            f.poll(server, odd);
            f.pass(Duration.ZERO);
        }
        assertEquals(List.of(AlertKind.AGENT_OUTDATED, AlertKind.POLICY_DRIFT), kinds());
        f.pass(Duration.ofSeconds(10));
        assertEquals("hook missing", f.summary(server).drift());
        f.poll(server);
        f.pass(Duration.ZERO);
        assertEquals(List.of(), kinds());
        f.pass(Duration.ofSeconds(10));
        assertNull(f.summary(server).drift());
    }

    @Test
    void tellsOfAFullStore() {
        f.room.set(new Expiries.Room(8, 100));
        f.fleet.expiries().look();
        f.fleet.expiries().look();
        assertEquals(1, f.fleet.alerts().list(ListRequest.where("kind=vault-full", "state=open")).total());
        f.room.set(new Expiries.Room(2, 100));
        f.fleet.expiries().look();
        assertEquals(1, f.fleet.alerts().list(ListRequest.where("severity=critical", "state=open")).total());
        f.room.set(new Expiries.Room(20, 100));
        f.fleet.expiries().look();
        assertEquals(0, f.fleet.alerts().list(ListRequest.where("state=open")).total());
        f.room.set(null);
        f.fleet.expiries().look();
    }

    @Test
    void tellsOfAQuotaThatIsNearlyUsedUp() {
        quota(1000L);
        f.catalog.run(h -> {
            DataServers.ensure(h, server, f.vault);
            DataServers.addUsed(h, server, 899);
        });
        f.fleet.expiries().look();
        assertEquals(0, f.fleet.alerts().list(ListRequest.where("state=open")).total());
        f.catalog.run(h -> DataServers.addUsed(h, server, 20));
        f.fleet.expiries().look();
        assertEquals(1, f.fleet.alerts().list(ListRequest.where("severity=warning", "state=open")).total());
        f.catalog.run(h -> DataServers.addUsed(h, server, 60));
        f.fleet.expiries().look();
        assertEquals(0, f.fleet.alerts().list(ListRequest.where("severity=warning", "state=open")).total());
        assertEquals(1, f.fleet.alerts().list(ListRequest.where("severity=critical", "state=open")).total());
        quota(null);
        f.fleet.expiries().look();
        assertEquals(0, f.fleet.alerts().list(ListRequest.where("state=open")).total());
    }

    private void quota(@Nullable Long bytes) {
        f.fleet.vaults().edit("main", new CreateVault("main", "", "", "", Map.of(), Redundancy.LOCAL,
                Immutability.OFF, SoftDelete.DEFAULT, null, bytes), f.fleet.vaults().get("main").version());
    }

    @Test
    void tellsOfTheNodesCertificate() {
        f.certificateEnd = f.clock.instant().plus(Duration.ofDays(13));
        f.fleet.expiries().look();
        f.fleet.expiries().look();
        var alerts = f.fleet.alerts().list(ListRequest.where("kind=certificate-expiring", "state=open"));
        assertEquals(1, alerts.total());
        assertTrue(alerts.items().getFirst().message().contains("vault server"), alerts.toString());
        f.certificateEnd = f.clock.instant().plus(Duration.ofDays(300));
        f.fleet.expiries().look();
        assertEquals(0, f.fleet.alerts().list(ListRequest.where("state=open")).total());
    }

    @Test
    void passesQuestionsAndAnswers() {
        var ask = f.fleet.asks().begin(f.vault, server.toString(), new byte[] { 1, 2 });
        assertNull(ask.answer());
        Command command = f.poll(server).commands().getFirst();
        assertArrayEquals(new byte[] { 1, 2 }, command.ask().sealed());
        UUID other = f.server("web-2");
        assertRefused("nobody-waits", () -> f.fleet.asks().answer(other, command.id(), new byte[3]));
        f.fleet.asks().answer(server, command.id(), new byte[] { 3 });
        assertArrayEquals(new byte[] { 3 }, ask.answer());
        f.fleet.asks().end(ask);
        assertRefused("nobody-waits", () -> f.fleet.asks().answer(server, command.id(), new byte[3]));
        assertEquals(List.of(), f.poll(server, "boot-9", List.of(), List.of()).commands());
    }

    @Test
    void boundsQuestions() {
        assertRefused("too-large", () -> f.fleet.asks().begin(f.vault, server.toString(),
                new byte[AskOrder.MAX_BYTES + 1]));
        for (int i = 0; i < 8; i++) {
            f.fleet.asks().begin(f.vault, server.toString(), new byte[1]);
        }
        assertRefused("too-many-questions", () -> f.fleet.asks().begin(f.vault, server.toString(), new byte[1]));
        UUID silent = f.server("web-2");
        assertRefused("server-not-connected", () -> f.fleet.asks().begin(f.vault, silent.toString(), new byte[1]));
        f.fleet.vaults().create(CreateVault.of("other"));
        assertRefused("not-found", () -> f.fleet.asks().begin(f.fleet.vaults().id("other"), server.toString(),
                new byte[1]));
    }

    private static JobResult entropy(double bits) {
        return new JobResult(null, 10, 10, 0, 1, 9, 0, 8 << 20, 5, 0, bits, false);
    }

    private void backup(@Nullable JobResult result) {
        backup(f, server, id(), result, Map.of());
    }

    private String id() {
        return String.format("6f0e3a52-3d0e-4a2d-9a5e-%012d", ++jobs);
    }

    /** A backup that the agent makes by itself; without a result it fails. */
    static void backup(FleetFixture f, UUID server, String id, @Nullable JobResult result, Map<String, Long> warnings) {
        f.fleet.reports().begun(server, new JobStart(id, JobKind.BACKUP, JobTrigger.SCHEDULE, f.clock.instant(),
                List.of(), null, null, null));
        f.report(server, id, new JobEvent(1, f.clock.instant(), result == null ? JobState.FAILED : JobState.DONE, null,
                warnings, List.of(), result, result == null ? new JobFailure("store-full", "No room.", "") : null));
        f.pass(Duration.ZERO);
    }

    private List<AlertSummary> alerts(String... filters) {
        return f.fleet.alerts().list(f.vault, ListRequest.where(filters)).items();
    }

    private List<AlertKind> kinds() {
        return alerts("state!=closed").stream().map(AlertSummary::kind).sorted(
                (a, b) -> a.name().compareTo(b.name())).toList();
    }
}
