package org.holdfast.vault.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageState;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.QuietTime;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.TestCatalogs;

import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.fleet.Expiries.Room;
import org.holdfast.vault.fleet.Finding;
import org.holdfast.vault.fleet.FleetParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** From an alert to a target: rules, groups, times, the queue, and what happens when targets or the node fail. */
class NotificationsTest {
    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private final Recorder recorder = new Recorder();
    private Catalog catalog;
    private FleetParts fleet;
    private Targets targets;
    private Rules rules;
    private Digest digest;
    private Deliveries deliveries;
    private UUID vault;

    @BeforeEach
    void setUp(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        start();
        fleet.vaults().create(CreateVault.of("main"));
        vault = fleet.vaults().id("main");
        target("ops");
    }

    /** A node over the catalogue that is there; called again, it is one that was killed and comes back. */
    private void start() {
        fleet = new FleetParts("1.2.0", catalog, clock, new Signals(), new EventBus(), () -> new Room(50, 100),
                () -> Instant.parse("2036-01-01T00:00:00Z"));
        var kinds = new TargetKinds(List.of(recorder));
        targets = new Targets(catalog, clock, kinds, new TargetSecrets(folder.resolve("notify.key")), fleet.alerts());
        rules = new Rules(catalog, clock);
        digest = new Digest(catalog, clock, fleet.alerts());
        deliveries = new Deliveries(catalog, clock, fleet.alerts(), targets, kinds);
    }

    private void target(String name) {
        targets.create(save(name, "en", Map.of("place", "here"), Map.of("password", "the word")), "anna");
    }

    private static SaveTarget save(String name, String language, Map<String, String> settings,
            Map<String, String> secrets) {
        return new SaveTarget(name, "recorder", null, language, "Asia/Tokyo", settings, secrets);
    }

    private void rule(String name, UnaryOperator<Draft> change) {
        rules.create(change.apply(new Draft()).rule(name), "anna");
    }

    /** A rule in the making. */
    private static final class Draft {
        private Severity severity = Severity.INFO;
        private Set<AlertKind> kinds = Set.of();
        private List<String> codes = List.of();
        private List<String> vaults = List.of();
        private List<String> tags = List.of();
        private List<String> to = List.of("ops");
        private Duration group = Duration.ZERO;
        private @Nullable Duration repeat;
        private boolean settled;
        private final List<QuietTime> quiet = new ArrayList<>();
        private @Nullable Instant muted;

        private NotificationRule rule(String name) {
            return new NotificationRule(name, true, severity, kinds, codes, vaults, tags, to, group, repeat, settled,
                    "Asia/Tokyo", quiet, muted);
        }
    }

    private UUID server(String name, String... tags) {
        UUID id = fleet.registry().add(vault, "machine-" + name, name, "Debian 12", "1.2.0", List.of(tags), null);
        fleet.registry().complete(id, "00".repeat(16), new byte[32], new byte[32], null, "file");
        return id;
    }

    private Finding failed(UUID server, String code) {
        return new Finding(AlertKind.JOB_FAILED, Severity.CRITICAL, vault, server, "backup", "Backup failed.",
                "Look there.", null, code);
    }

    private void pass(Duration time) {
        clock.advance(time);
        digest.round();
        deliveries.round(Runnable::run);
        // what failed is told as well
        digest.round();
        deliveries.round(Runnable::run);
    }

    private List<String> after(Duration time) {
        pass(time);
        return recorder.take();
    }

    private List<MessageSummary> messages(String... filters) {
        return deliveries.list(ListRequest.where(filters)).items();
    }

    @EveryDatabase
    void tellsOnceAndWhenItIsOver() {
        rule("all", d -> {
            d.settled = true;
            return d;
        });
        UUID web = server("web-1");
        fleet.alerts().raise(failed(web, "store-full"));
        assertEquals(List.of("ops: [Holdfast] Critical: Job failed - web-1 (1)"), after(Duration.ofSeconds(1)));
        fleet.alerts().raise(failed(web, "store-full"));
        assertEquals(List.of(), after(Duration.ofHours(5)));
        fleet.alerts().settle(AlertKind.JOB_FAILED, web, "backup");
        assertEquals(List.of("ops: [Holdfast] Over: Job failed - web-1 (1)"), after(Duration.ofSeconds(1)));
        assertEquals(List.of(), after(Duration.ofDays(2)));
        assertEquals(2, messages("state=sent").size());
    }

    @EveryDatabase
    void makesOneMessageOfAGroup() {
        target("night");
        rule("all", d -> {
            d.group = Duration.ofMinutes(10);
            d.to = List.of("ops", "OPS", "night");
            return d;
        });
        for (int i = 0; i < 3; i++) {
            fleet.alerts().raise(failed(server("web-" + i), "store-full"));
            assertEquals(List.of(), after(Duration.ofMinutes(3)));
        }
        fleet.alerts().raise(Finding.server(AlertKind.ANOMALY, Severity.CRITICAL, vault, server("db"), "x", "y"));
        assertEquals(List.of("ops: [Holdfast] Critical: Job failed - 3 servers (3)",
                "night: [Holdfast] Critical: Job failed - 3 servers (3)"), sorted(after(Duration.ofMinutes(5))));
        assertEquals(List.of("ops: [Holdfast] Critical: Unusual backup - db (1)",
                "night: [Holdfast] Critical: Unusual backup - db (1)"), sorted(after(Duration.ofMinutes(11))));
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted((a, b) -> b.compareTo(a)).toList();
    }

    @EveryDatabase
    void choosesBySeverityKindCodeVaultAndTag() {
        target("severe");
        target("lost");
        target("full");
        target("other");
        target("tagged");
        rule("severe", d -> {
            d.severity = Severity.CRITICAL;
            d.to = List.of("severe");
            return d;
        });
        rule("lost", d -> {
            d.kinds = Set.of(AlertKind.SERVER_LOST);
            d.to = List.of("lost");
            return d;
        });
        rule("full", d -> {
            d.codes = List.of("store-full");
            d.to = List.of("full");
            return d;
        });
        fleet.vaults().create(CreateVault.of("second"));
        rule("other", d -> {
            d.vaults = List.of("second");
            d.to = List.of("other");
            return d;
        });
        rule("tagged", d -> {
            d.tags = List.of("prod", "stage");
            d.to = List.of("tagged");
            return d;
        });
        fleet.alerts().raise(failed(server("web", "prod"), "store-full"));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("severe", "full", "tagged"), told());
        fleet.alerts().raise(Finding.server(AlertKind.SERVER_LOST, Severity.WARNING, vault, server("db", "test"), "x",
                "y"));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("lost"), told());
        // of the installation: neither a vault nor a server
        fleet.alerts().raise(new Finding(AlertKind.VAULT_FULL, Severity.CRITICAL, null, null, "", "x", "y", null));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("severe"), told());
        fleet.alerts().raise(new Finding(AlertKind.CREDENTIALS_EXPIRING, Severity.INFO,
                fleet.vaults().id("second"), null, "1", "x", "y", null));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("other"), told());
        // The rule means the vault, whatever its name is.
        fleet.vaults().edit("second", CreateVault.of("renamed"), 1);
        assertEquals(List.of("renamed"), rules.get("other").value().vaults());
        fleet.alerts().raise(new Finding(AlertKind.CREDENTIALS_EXPIRING, Severity.INFO,
                fleet.vaults().id("renamed"), null, "2", "x", "y", null));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("other"), told());
        fleet.vaults().delete("renamed", 2);
        fleet.alerts().raise(failed(server("web-9"), "y"));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("severe"), told());
    }

    private Set<String> told() {
        Set<String> names = Set.copyOf(recorder.sent.stream().map(Recorder.Sent::target).toList());
        recorder.sent.clear();
        return names;
    }

    @EveryDatabase
    void isQuietWhenItShallBe() {
        // It is 19:00 on a Monday in Tokyo.
        rule("all", d -> {
            d.quiet.add(new QuietTime(Set.of(), LocalTime.of(22, 0), LocalTime.of(7, 0)));
            d.quiet.add(new QuietTime(Set.of(DayOfWeek.TUESDAY), LocalTime.of(7, 0), LocalTime.of(9, 30)));
            return d;
        });
        fleet.alerts().raise(failed(server("web-1"), "x"));
        assertEquals(1, after(Duration.ofSeconds(1)).size());
        clock.advance(Duration.ofHours(4));
        UUID second = server("web-2");
        fleet.alerts().raise(failed(second, "x"));
        assertEquals(List.of(), after(Duration.ofSeconds(1)));
        fleet.alerts().raise(failed(server("web-3"), "x"));
        assertEquals(List.of(), after(Duration.ofHours(3)));
        fleet.alerts().settle(AlertKind.JOB_FAILED, second, "backup");
        assertEquals(Instant.parse("2026-11-24T00:30:00Z"), messages("state=waiting").getFirst().due());
        assertEquals(List.of(), after(Duration.ofHours(7)));
        // All that came up meanwhile is told in one message, and what is over is marked.
        pass(Duration.ofMinutes(31));
        assertEquals(1, recorder.sent.size());
        assertTrue(recorder.sent.getFirst().message().text().contains("Over since: 2026-11-24 02:00:02 JST"),
                recorder.sent.getFirst().message().text());
        assertEquals(List.of("ops: [Holdfast] Critical: Job failed - 2 servers (2)"), recorder.take());
    }

    @EveryDatabase
    void isMutedUntil() {
        rule("all", d -> {
            d.muted = clock.instant().plus(Duration.ofHours(8));
            d.settled = true;
            return d;
        });
        UUID gone = server("web-1");
        fleet.alerts().raise(failed(gone, "x"));
        fleet.alerts().raise(failed(server("web-2"), "x"));
        fleet.alerts().raise(Finding.server(AlertKind.ANOMALY, Severity.CRITICAL, vault, gone, "x", "y"));
        assertEquals(List.of(), after(Duration.ofHours(1)));
        fleet.alerts().settle(AlertKind.JOB_FAILED, gone, "backup");
        fleet.alerts().settle(AlertKind.ANOMALY, gone, "");
        assertEquals(List.of(), after(Duration.ofHours(1)));
        assertEquals(List.of("ops: [Holdfast] Critical: Job failed - web-2 (1)"), after(Duration.ofHours(7)));
        assertEquals(1, messages("state=dropped").size());
    }

    @EveryDatabase
    void remindsUntilSomebodyTakesCare() {
        rule("all", d -> {
            d.repeat = Duration.ofHours(4);
            return d;
        });
        UUID web = server("web-1");
        fleet.alerts().raise(failed(web, "x"));
        assertEquals(1, after(Duration.ofSeconds(1)).size());
        assertEquals(List.of(), after(Duration.ofHours(3)));
        assertEquals(List.of("ops: [Holdfast] Still open: Job failed - web-1 (1)"), after(Duration.ofMinutes(61)));
        assertEquals(List.of(), after(Duration.ofMinutes(61)));
        AlertSummary alert = fleet.alerts().list(ListRequest.where("state=open")).items().getFirst();
        fleet.alerts().acknowledge(null, alert.id(), "", "anna");
        assertEquals(List.of(), after(Duration.ofHours(9)));
        // The same cause again while somebody takes care
        fleet.alerts().raise(failed(web, "x"));
        assertEquals(List.of(), after(Duration.ofHours(9)));
    }

    @EveryDatabase
    void isSilentAboutMutedAlertsAndTellsThemAgain() {
        rule("all", d -> {
            d.repeat = Duration.ofHours(4);
            d.group = Duration.ofMinutes(5);
            return d;
        });
        fleet.alerts().raise(failed(server("web-1"), "x"));
        AlertSummary alert = fleet.alerts().list(ListRequest.where("state=open")).items().getFirst();
        // muted before its message has left
        fleet.alerts().mute(null, alert.id(), clock.instant().plus(Duration.ofHours(10)));
        assertEquals(List.of(), after(Duration.ofMinutes(6)));
        assertEquals(List.of(), after(Duration.ofHours(8)));
        clock.advance(Duration.ofHours(3));
        fleet.engine().tick();
        assertEquals(List.of(), after(Duration.ofSeconds(1)));
        assertEquals(List.of("ops: [Holdfast] Critical: Job failed - web-1 (1)"), after(Duration.ofMinutes(6)));
        fleet.alerts().mute(null, alert.id(), clock.instant().plus(Duration.ofHours(10)));
        fleet.alerts().mute(null, alert.id(), null);
        pass(Duration.ofSeconds(1));
        assertEquals(1, after(Duration.ofMinutes(6)).size());
    }

    @EveryDatabase
    void triesAgainUntilTheTargetIsBack() {
        rule("all", d -> d);
        recorder.failure = DeliveryException.notNow("It is down.", null);
        fleet.alerts().raise(failed(server("web-1"), "x"));
        assertEquals(List.of(), after(Duration.ofSeconds(1)));
        assertEquals(1, recorder.attempts.size());
        pass(Duration.ofSeconds(29));
        assertEquals(1, recorder.attempts.size());
        pass(Duration.ofSeconds(2));
        assertEquals(2, recorder.attempts.size());
        // Others wait behind it, and are not tried while it is left alone.
        fleet.alerts().raise(Finding.server(AlertKind.ANOMALY, Severity.CRITICAL, vault, server("db"), "x", "y"));
        pass(Duration.ofSeconds(30));
        assertEquals(2, recorder.attempts.size());
        pass(Duration.ofSeconds(31));
        assertEquals(3, recorder.attempts.size());
        assertEquals("It is down.", targets.get("ops").value().lastError());
        assertEquals(3, targets.get("ops").value().failures());
        assertEquals(2, targets.get("ops").value().waiting());
        assertEquals(1, fleet.alerts().list(ListRequest.where("kind=notification-failed", "state=open")).total());
        recorder.failure = null;
        List<String> sent = after(Duration.ofHours(1));
        assertTrue(sent.containsAll(List.of("ops: [Holdfast] Critical: Job failed - web-1 (1)",
                "ops: [Holdfast] Critical: Unusual backup - db (1)")), sent.toString());
        assertEquals(0, targets.get("ops").value().failures());
        assertEquals(0, fleet.alerts().list(ListRequest.where("kind=notification-failed", "state=open")).total());
    }

    @EveryDatabase
    void tellsOtherTargetsOfOneThatFails() {
        target("night");
        rule("all", d -> {
            d.to = List.of("ops", "night");
            return d;
        });
        recorder.failing = "ops";
        recorder.crash = new IllegalStateException("a fault of the target");
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("night"), told());
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(2));
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("night: [Holdfast] Warning: Notifications not delivered - vault server (1)"),
                recorder.take());
        assertEquals(0, messages("target=ops", "kind=notification-failed").size());
        assertTrue(messages("target=ops").getFirst().error().contains("a fault of the target"));
    }

    @EveryDatabase
    void givesUpWhatIsRefusedAndWhatNobodyTakes() {
        rule("all", d -> d);
        recorder.failure = DeliveryException.refused("Never.", null);
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        assertEquals(MessageState.FAILED, messages().getFirst().state());
        assertEquals(1, messages().getFirst().attempts());
        assertEquals(1, fleet.alerts().list(ListRequest.where("kind=notification-failed", "state=open")).total());

        recorder.failure = DeliveryException.notNow("Down.", null);
        recorder.attempts.clear();
        fleet.alerts().raise(failed(server("web-2"), "x"));
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofHours(1).plusSeconds(1));
        }
        assertEquals(Deliveries.MOST_ATTEMPTS, recorder.attempts.size());
        assertEquals(2, messages("state=failed").size());
        assertEquals(0, messages("state=waiting").size());
        for (int i = 0; i < 2; i++) {
            pass(Duration.ofDays(31));
        }
        assertEquals(0, messages().size());
    }

    @EveryDatabase
    void waitsAsLongAsTheTargetAsks() {
        rule("all", d -> d);
        recorder.failure = DeliveryException.notBefore(Duration.ofMinutes(90), "Too much.");
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        recorder.failure = null;
        assertEquals(List.of(), after(Duration.ofMinutes(89)));
        assertEquals(1, after(Duration.ofMinutes(2)).size());
    }

    @EveryDatabase
    void losesNothingWhenTheNodeDies() throws Exception {
        rule("all", d -> d);
        // killed before the rules were looked at
        fleet.alerts().raise(failed(server("web-1"), "x"));
        start();
        // killed while it is sent: nobody knows whether it has arrived
        recorder.hangs = new CountDownLatch(1);
        clock.advance(Duration.ofSeconds(1));
        digest.round();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            deliveries.round(threads);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (recorder.attempts.isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertEquals(1, recorder.attempts.size());
            Deliveries dead = deliveries;
            start();
            recorder.hangs = null;
            // Another node leaves alone what is being sent.
            assertEquals(List.of(), after(Duration.ofMinutes(4)));
            assertEquals(List.of("ops: [Holdfast] Critical: Job failed - web-1 (1)"), after(Duration.ofMinutes(2)));
            dead.close();
        }
        assertEquals(List.of(), after(Duration.ofHours(2)));
    }

    @EveryDatabase
    void breaksOffWhenTheNodeStopsAndSendsAfterwards() throws Exception {
        rule("all", d -> d);
        fleet.alerts().raise(failed(server("web-1"), "x"));
        clock.advance(Duration.ofSeconds(1));
        digest.round();
        recorder.hangs = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            deliveries.round(threads);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (recorder.attempts.isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            deliveries.close();
        }
        String id = messages("state=waiting").getFirst().id();
        recorder.hangs = null;
        start();
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(id), recorder.sent.stream().map(sent -> sent.message().id()).toList());
    }

    @EveryDatabase
    void keepsSecretsSealed() throws Exception {
        rule("all", d -> d);
        assertEquals(List.of("password"), targets.get("ops").value().secrets());
        assertFalse(targets.get("ops").toString().contains("the word"));
        String row = catalog.read(handle -> handle.createQuery("select secrets from notify_targets").mapTo(
                String.class).one());
        assertFalse(row.contains("word") || row.isEmpty());
        // an edit without secrets keeps them, an empty one takes them away
        targets.edit("ops", save("ops", "ja", Map.of("place", "there"), Map.of()), 1, "anna");
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        assertEquals("the word", recorder.sent.getFirst().password());
        assertEquals("[Holdfast] 重大: ジョブが失敗しました - web-1", recorder.sent.getFirst().message().title());
        assertTrue(recorder.sent.getFirst().message().text().contains("対処: ジョブとエージェントのログを確認してください。"));
        targets.edit("ops", save("ops", "en", Map.of("place", "there"), Map.of("password", "")), 2, "anna");
        assertEquals(List.of(), targets.get("ops").value().secrets());
        // with another key nothing can be read, and nothing breaks
        targets.edit("ops", save("ops", "en", Map.of("place", "there"), Map.of("password", "new word")), 3, "anna");
        java.nio.file.Files.delete(folder.resolve("notify.key"));
        start();
        targets.create(save("two", "en", Map.of("place", "x"), Map.of("password", "x")), "anna");
        assertEquals(List.of(), targets.get("ops").value().secrets());
        fleet.alerts().raise(failed(server("web-2"), "x"));
        recorder.sent.clear();
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(), recorder.take());
        assertTrue(targets.get("ops").value().lastError().contains("cannot be read"));
        targets.edit("ops", save("ops", "en", Map.of("place", "there"), Map.of("password", "new word")), 4, "anna");
        assertEquals(1, after(Duration.ofSeconds(1)).size());
    }

    @EveryDatabase
    void testsATarget() {
        assertTrue(deliveries.test("ops", "anna").delivered());
        assertEquals(List.of("ops: [Holdfast] Test message (0)"), recorder.take());
        recorder.failure = DeliveryException.notNow("It is down.", null);
        assertEquals("It is down.", deliveries.test("ops", "anna").error());
    }

    @EveryDatabase
    void refusesWhatCannotBe() {
        refused("target-exists", () -> target("OPS"));
        refused("invalid-request", () -> target("a b"));
        refused("invalid-request", () -> targets.create(save("x", "en", Map.of("place", "nowhere"), Map.of()), "a"));
        refused("invalid-request", () -> targets.create(save("x", "en", Map.of(), Map.of()), "a"));
        refused("invalid-request", () -> targets.create(save("x", "fr", Map.of("place", "x"), Map.of()), "a"));
        refused("invalid-request",
                () -> targets.create(save("x", "en", Map.of("place", "x", "password", "x"), Map.of()), "a"));
        refused("invalid-request", () -> targets.create(
                new SaveTarget("x", "pigeon", null, "en", "UTC", Map.of("place", "x"), Map.of()), "a"));
        refused("changed-meanwhile",
                () -> targets.edit("ops", save("ops", "en", Map.of("place", "x"), Map.of()), 7, "a"));
        refused("not-found", () -> targets.get("nobody"));
        rule("all", d -> d);
        refused("target-in-use", () -> targets.delete("ops", 1));
        refused("rule-exists", () -> rule("ALL", d -> d));
        refused("invalid-request", () -> rule("none", d -> {
            d.to = List.of();
            return d;
        }));
        refused("invalid-request", () -> rule("strange", d -> {
            d.to = List.of("nobody");
            return d;
        }));
        refused("invalid-request", () -> rule("strange", d -> {
            d.vaults = List.of("nowhere");
            return d;
        }));
        refused("invalid-request", () -> rule("strange", d -> {
            d.repeat = Duration.ofSeconds(1);
            return d;
        }));
        rules.delete("all", 1);
        targets.delete("ops", 1);
        assertEquals(0, targets.list(ListRequest.all()).total());
        assertEquals(0, rules.list(ListRequest.all()).total());
    }

    private static void refused(String code, Runnable work) {
        assertEquals(code, assertThrows(Refusal.class, work::run).code());
    }
}
