package org.holdfast.console.monitor.internal;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.protocol.people.AuditView;

/** Entries of the audit in words. */
final class AuditWords {
    private static final String SERVER = "server:";
    private static final String OK = "ok";

    private final Formats formats;

    AuditWords(Formats formats) {
        this.formats = formats;
    }

    Formats formats() {
        return formats;
    }

    /** Who it was: a server by its name, where the console knows it. */
    static String who(FleetSession session, AuditView entry) {
        if (!entry.actor().startsWith(SERVER)) {
            return entry.actor();
        }
        ServerSummary server = session.live().servers().get(entry.actor().substring(SERVER.length()));
        return server == null ? entry.actor() : server.name();
    }

    static String result(AuditView entry) {
        return entry.result().equals(OK) ? Messages.audit_ok : entry.result();
    }

    static Icon icon(AuditView entry) {
        return entry.result().equals(OK) ? Icon.COMPLETED : Icon.ERROR;
    }

    /** Everything about it, a line each. */
    String explain(FleetSession session, AuditView entry) {
        var text = new StringBuilder();
        line(text, Messages.column_when, formats.preciseTime(entry.at()));
        String who = who(session, entry);
        line(text, Messages.column_who, who.equals(entry.actor()) ? who : who + " (" + entry.actor() + ')');
        line(text, Messages.column_from, entry.origin());
        line(text, Messages.column_what, entry.action());
        line(text, Messages.column_target, entry.target());
        line(text, Messages.column_vault, entry.vault());
        line(text, Messages.column_result, result(entry));
        line(text, Messages.column_details, entry.details());
        line(text, Messages.column_number, formats.count(entry.seq()));
        line(text, Messages.column_hash, entry.hash());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(name).append(": ").append(value);
        }
    }
}
