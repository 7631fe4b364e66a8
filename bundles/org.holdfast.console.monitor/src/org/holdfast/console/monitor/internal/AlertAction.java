package org.holdfast.console.monitor.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;

/** What can be done to alerts. */
public enum AlertAction {
    /** Says that somebody takes care. */
    ACKNOWLEDGE("acknowledgeAlerts"),
    /** Tells nobody for a while. */
    MUTE("muteAlerts"),
    /** Ends that. */
    UNMUTE("unmuteAlerts");

    private static final String PREFIX = "org.holdfast.console.monitor.";
    private static final String PERMISSION = "alert.handle";

    private final String word;

    AlertAction(String word) {
        this.word = word;
    }

    /** Id of its command. */
    public String command() {
        return PREFIX + word;
    }

    /** Variable of the workbench's expressions: whether it can be done to one of the selected alerts. */
    public String variable() {
        return PREFIX + "can" + name();
    }

    /** What its button says. */
    String button() {
        return switch (this) {
            case ACKNOWLEDGE -> Messages.alert_acknowledgeButton;
            case MUTE -> Messages.alert_muteButton;
            case UNMUTE -> Messages.alert_unmute;
        };
    }

    /** What it is called. */
    String title() {
        return switch (this) {
            case ACKNOWLEDGE -> Messages.alert_acknowledge;
            case MUTE -> Messages.alert_mute;
            case UNMUTE -> Messages.alert_unmute;
        };
    }

    /** Whether it can be done to one of them at least. */
    boolean isPossible(List<Row<AlertSummary>> alerts) {
        return alerts.stream().anyMatch(alert -> skip(alert) == null);
    }

    /** Why it cannot be done to an alert, null when it can. */
    @Nullable
    String skip(Row<AlertSummary> row) {
        FleetSession session = row.session();
        if (session.state().isConnected() && !session.may(PERMISSION)) {
            return NLS.bind(Messages.skip_noRight, session.connection().user(), PERMISSION);
        }
        AlertState state = row.value().state();
        if (state == AlertState.CLOSED) {
            return Messages.skip_closed;
        }
        return this == UNMUTE && state != AlertState.MUTED ? Messages.skip_notMuted : null;
    }
}
