package org.holdfast.console.monitor.internal;

import java.util.List;
import java.util.Map;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.MonitorIds;

/** Where what an alert is about can be seen: the job that caused it, else the server, else the vault. */
public final class Causes {
    private Causes() {
    }

    /** Whether there is such a place. */
    static boolean has(List<Row<AlertSummary>> alerts) {
        return alerts.size() == 1 && (alerts.getFirst().value().kind() == AlertKind.APPROVAL_WAITING
                || alerts.getFirst().value().jobId() != null
                || alerts.getFirst().value().serverId() != null || alerts.getFirst().value().vault() != null);
    }

    /** Goes there. */
    public static void open(Row<AlertSummary> row, Opener opener) {
        AlertSummary alert = row.value();
        boolean known = alert.jobId() != null && row.session().live().jobs().get(alert.jobId()) != null;
        if (alert.kind() == AlertKind.APPROVAL_WAITING) {
            opener.open(Opener.SHOW_VIEW, Map.of(Opener.VIEW_ID, MonitorIds.APPROVALS));
        } else if (known) {
            opener.open(MonitorIds.SHOW_JOBS, Map.of(MonitorIds.JOBS_TEXT, alert.jobId()));
        } else if (alert.serverId() != null) {
            opener.open(Opener.SHOW_SERVERS, Map.of(Opener.SERVERS_SERVER, alert.serverId()));
        } else {
            opener.vaults();
        }
    }
}
