package org.holdfast.console.monitor.internal;

import java.util.List;

import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.Row;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The jobs and alerts that are selected in the console. To be used on the user interface thread. */
@Component(service = MonitorSelection.class)
public final class MonitorSelection {
    private final Observers<MonitorSelection> changes = new Observers<>();
    private List<Row<JobSummary>> jobs = List.of();
    private List<Row<AlertSummary>> alerts = List.of();

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

    /** Told after either has changed. */
    public Observers<MonitorSelection> changes() {
        return changes;
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
