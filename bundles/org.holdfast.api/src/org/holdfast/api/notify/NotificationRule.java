package org.holdfast.api.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;

/**
 * Who is told of which alerts. All conditions must hold together; an empty list holds for everything.
 *
 * @param name unique, 1 to 64 letters, digits, dots, underscores and hyphens
 * @param enabled whether it counts
 * @param severity the least severity; missing: warning
 * @param kinds what alerts are about
 * @param codes codes of the problems behind alerts, see {@code AlertSummary}
 * @param vaults names of vaults; with any, alerts of the installation are left out
 * @param tags tags of servers, one of them is enough; with any, alerts without a server are left out
 * @param targets names of the targets, at least one
 * @param group alerts of one kind that come up within this time are one message, up to 24 h; missing: one minute
 * @param repeat after which time open alerts that nobody has acknowledged are told again, 5 min to 30 d; missing: never
 * @param settled whether to tell when the cause is gone, too; missing: no
 * @param zone time zone of the quiet times, such as {@code Europe/Berlin}; missing: UTC
 * @param quiet what comes up then is told afterwards
 * @param mutedUntil until then nothing is sent, and afterwards only what is still open
 */
public record NotificationRule(String name, boolean enabled, Severity severity, Set<AlertKind> kinds,
        List<String> codes, List<String> vaults, List<String> tags, List<String> targets, Duration group,
        @Nullable Duration repeat, boolean settled, String zone, List<QuietTime> quiet,
        @Nullable Instant mutedUntil) {
    /** Copies; what is missing gets its default. */
    public NotificationRule {
        name = name == null ? "" : name;
        severity = severity == null ? Severity.WARNING : severity;
        kinds = kinds == null ? Set.of() : Set.copyOf(kinds);
        codes = codes == null ? List.of() : List.copyOf(codes);
        vaults = vaults == null ? List.of() : List.copyOf(vaults);
        tags = tags == null ? List.of() : List.copyOf(tags);
        targets = targets == null ? List.of() : List.copyOf(targets);
        group = group == null ? Duration.ofMinutes(1) : group;
        zone = zone == null ? "UTC" : zone;
        quiet = quiet == null ? List.of() : List.copyOf(quiet);
    }

    /** A rule that tells targets of all warnings and whatever is worse. */
    public static NotificationRule of(String name, List<String> targets) {
        return new NotificationRule(name, true, Severity.WARNING, Set.of(), List.of(), List.of(), List.of(), targets,
                Duration.ofMinutes(1), null, false, "UTC", List.of(), null);
    }
}
