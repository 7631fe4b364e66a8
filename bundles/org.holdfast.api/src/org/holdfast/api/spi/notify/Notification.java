package org.holdfast.api.spi.notify;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageReason;

/**
 * A message for people or their programs.
 *
 * @param id UUID; the same with each attempt
 * @param time of this attempt
 * @param reason why it is sent
 * @param severity the highest of its alerts
 * @param language of title and text
 * @param title one line
 * @param text several lines with line feeds, plain text
 * @param count number of alerts that it is about, 0 for a test
 * @param alerts the alerts, the most urgent first; of many only the first ones
 */
public record Notification(String id, Instant time, MessageReason reason, Severity severity, Locale language,
        String title, String text, int count, List<AlertSummary> alerts) {
    /** Copies. */
    public Notification {
        alerts = List.copyOf(alerts);
    }
}
