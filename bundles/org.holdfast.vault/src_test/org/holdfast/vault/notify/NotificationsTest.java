package org.holdfast.vault.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.QuietTime;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.fleet.Finding;

/** From an alert to a message: rules, groups, times, and what is muted. */
class NotificationsTest extends NotificationsFixture {
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
}
