package org.holdfast.console.monitor.internal;

import java.util.Locale;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.AlertNames;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;

/** Alerts in words. */
public final class AlertWords {
    private final Formats formats;

    /** @param formats of counts and times */
    public AlertWords(Formats formats) {
        this.formats = formats;
    }

    /** Counts and times. */
    public Formats formats() {
        return formats;
    }

    /** How much it matters. */
    public static String severity(Severity severity) {
        return AlertNames.severity(severity);
    }

    /** The icon of that. */
    public static Icon icon(Severity severity) {
        return switch (severity) {
            case INFO -> Icon.INFO;
            case WARNING -> Icon.WARNINGS;
            case CRITICAL -> Icon.ERROR;
        };
    }

    /** What it is about. */
    public static String cause(AlertKind kind) {
        return AlertNames.kind(kind);
    }

    /** Where it stands. */
    public static String state(AlertState state) {
        return switch (state) {
            case OPEN -> Messages.alert_open;
            case ACKNOWLEDGED -> Messages.alert_acknowledged;
            case MUTED -> Messages.alert_muted;
            case CLOSED -> Messages.alert_closed;
        };
    }

    /** Where it stands, with who takes care or until when. */
    public String standing(AlertSummary alert) {
        if (alert.state() == AlertState.MUTED && alert.mutedUntil() != null) {
            return NLS.bind(Messages.alert_mutedUntil, formats.time(alert.mutedUntil()));
        }
        return alert.state() == AlertState.ACKNOWLEDGED && alert.acknowledgedBy() != null
                ? NLS.bind(Messages.alert_acknowledgedBy, alert.acknowledgedBy())
                : state(alert.state());
    }

    /** The server, or the vault, or the vault server it concerns. */
    public static String about(Row<AlertSummary> row) {
        AlertSummary alert = row.value();
        return alert.server() != null ? alert.server()
                : alert.vault() != null ? NLS.bind(Messages.alert_vault, alert.vault())
                        : row.session().connection().name();
    }

    /** All that a filter finds it by, in lower case. */
    public String searched(Row<AlertSummary> row) {
        AlertSummary alert = row.value();
        return (severity(alert.severity()) + ' ' + cause(alert.kind()) + ' ' + about(row) + ' '
                + (alert.vault() == null ? "" : alert.vault()) + ' ' + standing(alert) + ' ' + alert.message() + ' '
                + alert.advice() + ' ' + alert.remark() + ' ' + (alert.code() == null ? "" : alert.code()) + ' '
                + alert.id() + ' '
                + row.session().connection().name()).toLowerCase(Locale.ROOT);
    }

    /** Everything about it, a line each. */
    public String explain(Row<AlertSummary> row) {
        AlertSummary alert = row.value();
        var text = new StringBuilder(severity(alert.severity())).append(": ").append(cause(alert.kind()))
                .append('\n').append(about(row)).append(" (").append(row.session().connection().name()).append(")\n")
                .append(alert.message());
        if (!alert.advice().isEmpty()) {
            text.append('\n').append(alert.advice());
        }
        line(text, Messages.column_first, formats.preciseTime(alert.raised()));
        line(text, Messages.column_last, formats.preciseTime(alert.lastSeen()));
        line(text, Messages.column_times, formats.count(alert.count()));
        line(text, Messages.column_state, standing(alert));
        line(text, Messages.alert_remark, alert.remark());
        line(text, Messages.fact_code, alert.code() == null ? "" : alert.code());
        line(text, Messages.fact_id, alert.jobId() == null ? "" : alert.jobId());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append('\n').append(name).append(": ").append(value);
        }
    }
}
