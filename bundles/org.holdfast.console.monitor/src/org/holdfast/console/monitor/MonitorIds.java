package org.holdfast.console.monitor;

/** Ids that other bundles and tests may name. */
public final class MonitorIds {
    /** The part with the jobs. */
    public static final String JOBS = "org.holdfast.console.monitor.jobs";
    /** The part with the alerts. */
    public static final String ALERTS = "org.holdfast.console.monitor.alerts";

    private MonitorIds() {
    }
}
