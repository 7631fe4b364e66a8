package org.holdfast.vault.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.QuietTime;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
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

/** A vault with a target that records, and what tests of notifications do with it. */
abstract class NotificationsFixture {
    @TempDir
    Path folder;
    final TestClock clock = TestClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    final Recorder recorder = new Recorder();
    Catalog catalog;
    FleetParts fleet;
    Targets targets;
    Rules rules;
    Digest digest;
    Deliveries deliveries;
    UUID vault;

    @BeforeEach
    void setUp(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        start();
        fleet.vaults().create(CreateVault.of("main"));
        vault = fleet.vaults().id("main");
        target("ops");
    }

    /** A node over the catalogue that is there; called again, it is one that was killed and comes back. */
    void start() {
        fleet = new FleetParts("1.2.0", catalog, clock, new Signals(), new EventBus(), () -> new Room(50, 100),
                () -> Instant.parse("2036-01-01T00:00:00Z"));
        var kinds = new TargetKinds(List.of(recorder));
        targets = new Targets(catalog, clock, kinds, new TargetSecrets(folder.resolve("notify.key")), fleet.alerts());
        rules = new Rules(catalog, clock);
        digest = new Digest(catalog, clock, fleet.alerts());
        deliveries = new Deliveries(catalog, clock, fleet.alerts(), targets, kinds);
    }

    void target(String name) {
        targets.create(save(name, "en", Map.of("place", "here"), Map.of("password", "the word")), "anna");
    }

    static SaveTarget save(String name, String language, Map<String, String> settings,
            Map<String, String> secrets) {
        return new SaveTarget(name, "recorder", null, language, "Asia/Tokyo", settings, secrets);
    }

    void rule(String name, UnaryOperator<Draft> change) {
        rules.create(change.apply(new Draft()).rule(name), "anna");
    }

    /** A rule in the making. */
    static final class Draft {
        Severity severity = Severity.INFO;
        Set<AlertKind> kinds = Set.of();
        List<String> codes = List.of();
        List<String> vaults = List.of();
        List<String> tags = List.of();
        List<String> to = List.of("ops");
        Duration group = Duration.ZERO;
        @Nullable
        Duration repeat;
        boolean settled;
        final List<QuietTime> quiet = new ArrayList<>();
        @Nullable
        Instant muted;

        NotificationRule rule(String name) {
            return new NotificationRule(name, true, severity, kinds, codes, vaults, tags, to, group, repeat, settled,
                    "Asia/Tokyo", quiet, muted);
        }
    }

    UUID server(String name, String... tags) {
        UUID id = fleet.registry().add(vault, "machine-" + name, name, "Debian 12", "1.2.0", List.of(tags), null);
        fleet.registry().complete(id, "00".repeat(16), new byte[32], new byte[32], null, "file");
        return id;
    }

    Finding failed(UUID server, String code) {
        return new Finding(AlertKind.JOB_FAILED, Severity.CRITICAL, vault, server, "backup", "Backup failed.",
                "Look there.", null, code);
    }

    void pass(Duration time) {
        clock.advance(time);
        digest.round();
        deliveries.round(Runnable::run);
        // what failed is told as well
        digest.round();
        deliveries.round(Runnable::run);
    }

    List<String> after(Duration time) {
        pass(time);
        return recorder.take();
    }

    List<MessageSummary> messages(String... filters) {
        return deliveries.list(ListRequest.where(filters)).items();
    }

    Set<String> told() {
        Set<String> names = Set.copyOf(recorder.sent.stream().map(Recorder.Sent::target).toList());
        recorder.sent.clear();
        return names;
    }
}
