package org.holdfast.notify;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageReason;
import org.holdfast.api.spi.notify.Notification;

/** Messages for tests. */
final class Messages {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private Messages() {
    }

    static Notification critical(String title) {
        AlertSummary alert = new AlertSummary(UUID.randomUUID().toString(), "main", null, "web-1",
                AlertKind.JOB_FAILED, Severity.CRITICAL, AlertState.OPEN, "Backup of web-1 failed.", "Look.", null, 1,
                NOW, NOW, null, null, "", null, "store-full");
        return new Notification(UUID.randomUUID().toString(), NOW, MessageReason.RAISED, Severity.CRITICAL,
                Locale.JAPANESE, title, "First line\n二行目\n.\nlast\n", 1, List.of(alert));
    }
}
