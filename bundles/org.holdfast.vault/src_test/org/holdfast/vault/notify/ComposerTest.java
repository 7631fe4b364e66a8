package org.holdfast.vault.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageReason;
import org.junit.jupiter.api.Test;

/** Texts of messages in each language. */
class ComposerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static AlertSummary alert(AlertKind kind, Severity severity, String server) {
        return new AlertSummary("id-" + server, "main", "server-" + server, server, kind, severity, AlertState.OPEN,
                "It's {0} of " + server + ".", "Don't panic.", null, 3, NOW, NOW, null, null, "", null, "no-room");
    }

    @Test
    void everyKindHasTextsInEveryLanguage() {
        for (String language : Targets.LANGUAGES) {
            Composer composer = Composer.of(language, "UTC");
            for (AlertKind kind : AlertKind.values()) {
                for (MessageReason reason : MessageReason.values()) {
                    var message = composer.message("m", NOW, reason, List.of(alert(kind, Severity.INFO, "web")));
                    String all = message.title() + message.text();
                    assertFalse(all.contains("kind.") || all.contains("advice.") || all.contains("reason.")
                            || all.contains("severity.") || all.contains("text."), all);
                }
            }
        }
    }

    @Test
    void takesTextsOfOthersAsTheyAre() {
        var message = Composer.of("en", "Asia/Tokyo").message("m", NOW, MessageReason.RAISED,
                List.of(alert(AlertKind.JOB_FAILED, Severity.CRITICAL, "we'b{1}\r\nBcc: x")));
        assertEquals("[Holdfast] Critical: Job failed - we'b{1}  Bcc: x", message.title());
        assertTrue(message.text().contains("What happened: It's {0} of we'b{1}"), message.text());
        assertTrue(message.text().contains("What to do: Don't panic."), message.text());
        assertTrue(message.text().contains("Cause: job-failed / no-room"), message.text());
        assertTrue(message.text().contains("First seen: 2026-11-23 19:00:00 JST, times: 3"), message.text());
        assertEquals(Locale.ENGLISH, message.language());
    }

    @Test
    void putsTheMostUrgentFirstAndEndsSomewhere() {
        List<AlertSummary> alerts = new ArrayList<>();
        for (int i = 0; i < 1234; i++) {
            alerts.add(alert(AlertKind.SERVER_LOST, Severity.WARNING, "web-" + i));
        }
        alerts.add(alert(AlertKind.SERVER_LOST, Severity.CRITICAL, "db"));
        var message = Composer.of("ja", "UTC").message("m", NOW, MessageReason.REMINDER, alerts);
        assertEquals("[Holdfast] 未対応: サーバーと通信できません - サーバー 1,235 台", message.title());
        assertEquals(1235, message.count());
        assertEquals(Composer.MOST, message.alerts().size());
        assertEquals("db", message.alerts().getFirst().server());
        assertEquals(Severity.CRITICAL, message.severity());
        assertTrue(message.text().contains("ほか 1,185 件"), message.text());
        assertTrue(message.text().length() < 20_000, "the text has " + message.text().length() + " characters");
    }
}
