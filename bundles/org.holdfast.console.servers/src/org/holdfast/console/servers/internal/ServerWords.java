package org.holdfast.console.servers.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;

/** Servers in words. */
public final class ServerWords {
    private final Formats formats;
    private final Clock clock;

    /** Tells how long ago something was. */
    public Clock clock() {
        return clock;
    }

    /** @param clock tells how long ago something was */
    public ServerWords(Formats formats, Clock clock) {
        this.formats = formats;
        this.clock = clock;
    }

    /** Sizes, counts and times. */
    public Formats formats() {
        return formats;
    }

    /** A state in a word or two. */
    public static String state(ServerState state) {
        return switch (state) {
            case REGISTERING -> Messages.state_registering;
            case PROTECTED -> Messages.state_protected;
            case AT_RISK -> Messages.state_atRisk;
            case UNPROTECTED -> Messages.state_unprotected;
            case LOST -> Messages.state_lost;
            case RETIRED -> Messages.state_retired;
        };
    }

    /** The icon of a state. */
    public static Icon icon(ServerState state) {
        return switch (state) {
            case REGISTERING -> Icon.NEW;
            case PROTECTED -> Icon.COMPLETED;
            case AT_RISK -> Icon.WARNINGS;
            case UNPROTECTED -> Icon.ERROR;
            case LOST -> Icon.INTERRUPTED;
            case RETIRED -> Icon.REMOVED;
        };
    }

    /** When, or a dash. */
    public String time(Instant time) {
        return time == null ? Messages.never : formats.time(time);
    }

    /** How long ago, in its largest unit or two. */
    public String ago(Instant time) {
        if (time == null) {
            return Messages.never;
        }
        Duration age = Duration.between(time, clock.instant());
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return Messages.ago_now;
        }
        if (age.toHours() < 1) {
            return NLS.bind(Messages.ago_minutes, formats.count(age.toMinutes()));
        }
        if (age.toHours() < 48) {
            return NLS.bind(Messages.ago_hours, formats.count(age.toHours()));
        }
        return Texts.bind(Messages.ago_days, formats.count(age.toDays()));
    }

    /** When it was heard of last: now while it is connected. */
    public String contact(ServerSummary server) {
        return server.connected() ? Messages.contact_connected : ago(server.lastContact());
    }

    /** What is at work on it, in place of the age of its last backup. */
    public String backup(ServerSummary server) {
        return server.running() > 0 ? NLS.bind(Messages.backup_running, formats.count(server.running()))
                : ago(server.lastBackup());
    }

    /** Whether it follows its policy. */
    public static String drift(ServerSummary server) {
        return server.drift() == null ? "" : server.drift();
    }

    /** Its policy. */
    public static String policy(ServerSummary server) {
        return server.policy() == null ? Messages.policy_none : server.policy();
    }

    /** How many items it protects: its own, or those of its policy. */
    public static int items(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        if (s.ownItems() > 0 || s.policy() == null) {
            return s.ownItems();
        }
        VaultPolicy known = row.session().live().policies().get(s.vault() + '/' + s.policy());
        return known == null ? 0 : known.policy().items().size();
    }

    /** All that a filter finds it by, in lower case. */
    public static String searched(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        return (s.name() + ' ' + s.hostname() + ' ' + String.join(" ", s.addresses()) + ' '
                + String.join(" ", s.tags()) + ' ' + s.vault() + ' ' + s.os() + " agent=" + s.agentVersion() + "; "
                + policy(s) + ' ' + state(s.state()) + ' ' + row.session().connection().name())
                .toLowerCase(Locale.ROOT);
    }

    /** Everything about it, for a tool tip. */
    public String explain(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        var text = new StringBuilder(s.name());
        if (!s.hostname().equals(s.name())) {
            text.append(" (").append(s.hostname()).append(')');
        }
        text.append('\n').append(state(s.state()));
        if (!s.reason().isEmpty()) {
            text.append(": ").append(s.reason());
        }
        line(text, Messages.column_lastBackup, s.lastBackup() == null ? Messages.never
                : formats.preciseTime(s.lastBackup()));
        line(text, Messages.column_contact, s.lastContact() == null ? Messages.never
                : formats.preciseTime(s.lastContact()));
        line(text, Messages.column_drift, drift(s));
        line(text, Messages.column_tags, String.join(", ", s.tags()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append('\n').append(name).append(": ").append(value);
        }
    }
}
