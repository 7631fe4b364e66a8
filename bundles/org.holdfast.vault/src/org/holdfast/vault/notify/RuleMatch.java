package org.holdfast.vault.notify;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.QuietTime;

/** What a rule means for an alert and a moment; functions without state. */
final class RuleMatch {
    /** Quiet times that follow each other without a gap are followed so often; then the message is looked at again. */
    private static final int LINKS = 32;

    private RuleMatch() {
    }

    /** @param tags of the alert's server, empty when it has none */
    static boolean matches(NotificationRule rule, AlertSummary alert, List<String> tags) {
        String code = alert.code();
        String vault = alert.vault();
        return rule.enabled() && alert.severity().compareTo(rule.severity()) >= 0
                && (rule.kinds().isEmpty() || rule.kinds().contains(alert.kind()))
                && (rule.codes().isEmpty() || code != null && rule.codes().contains(code))
                && (rule.vaults().isEmpty()
                        || vault != null && rule.vaults().stream().anyMatch(vault::equalsIgnoreCase))
                && (rule.tags().isEmpty() || rule.tags().stream().anyMatch(tags::contains));
    }

    /** Until when a message that is due has to wait; null when it can go. */
    static @Nullable Instant heldUntil(NotificationRule rule, Instant now) {
        ZoneId zone = ZoneId.of(rule.zone());
        Instant free = now;
        for (int i = 0; i < LINKS; i++) {
            Instant next = endOfQuiet(rule, zone, free);
            if (next == null) {
                break;
            }
            free = next;
        }
        return free.isAfter(now) ? free : null;
    }

    private static @Nullable Instant endOfQuiet(NotificationRule rule, ZoneId zone, Instant at) {
        Instant muted = rule.mutedUntil();
        if (muted != null && muted.isAfter(at)) {
            return muted;
        }
        LocalDate today = at.atZone(zone).toLocalDate();
        for (QuietTime quiet : rule.quiet()) {
            for (LocalDate day : List.of(today.minusDays(1), today)) {
                if (!quiet.days().isEmpty() && !quiet.days().contains(day.getDayOfWeek())) {
                    continue;
                }
                Instant start = day.atTime(quiet.from()).atZone(zone).toInstant();
                LocalDate last = quiet.to().isAfter(quiet.from()) ? day : day.plusDays(1);
                Instant end = last.atTime(quiet.to()).atZone(zone).toInstant();
                if (!start.isAfter(at) && end.isAfter(at)) {
                    return end;
                }
            }
        }
        return null;
    }
}
