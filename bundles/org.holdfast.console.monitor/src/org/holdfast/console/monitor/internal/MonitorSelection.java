package org.holdfast.console.monitor.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.Row;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The jobs and alerts that are selected, and the last notice. To be used on the user interface thread. */
@Component(service = MonitorSelection.class)
public final class MonitorSelection {
    private final Observers<MonitorSelection> changes = new Observers<>();
    private List<Row<JobSummary>> jobs = List.of();
    private List<Row<AlertSummary>> alerts = List.of();
    private @Nullable Notice notice;

    /** Nothing is selected. */
    @Activate
    public MonitorSelection() {
        // nothing to prepare
    }

    /** Jobs that are selected. */
    public List<Row<JobSummary>> jobs() {
        return jobs;
    }

    /** Alerts that are selected. */
    public List<Row<AlertSummary>> alerts() {
        return alerts;
    }

    /** The last notice, null before the first one. */
    public @Nullable Notice notice() {
        return notice;
    }

    /** Told after one of these has changed. */
    public Observers<MonitorSelection> changes() {
        return changes;
    }

    /** There is a notice. */
    public void setNotice(Notice last) {
        notice = last;
        changes.fire(this);
    }

    /** Selects jobs. */
    public void setJobs(List<Row<JobSummary>> selected) {
        if (!jobs.equals(selected)) {
            jobs = List.copyOf(selected);
            changes.fire(this);
        }
    }

    /** Selects alerts. */
    public void setAlerts(List<Row<AlertSummary>> selected) {
        if (!alerts.equals(selected)) {
            alerts = List.copyOf(selected);
            changes.fire(this);
        }
    }
}
