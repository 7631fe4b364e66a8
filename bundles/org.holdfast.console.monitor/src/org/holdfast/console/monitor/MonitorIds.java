package org.holdfast.console.monitor;

/** Ids that other bundles and tests may name. */
public final class MonitorIds {
    /** The part that answers at a glance what is not protected, what failed and what runs. */
    public static final String OVERVIEW = "org.holdfast.console.monitor.overview";
    /** The part with the jobs. */
    public static final String JOBS = "org.holdfast.console.monitor.jobs";
    /** The part with the alerts. */
    public static final String ALERTS = "org.holdfast.console.monitor.alerts";
    /** The part that tells who did what. */
    public static final String AUDIT = "org.holdfast.console.monitor.audit";
    /** The part with what waits for a second person. */
    public static final String APPROVALS = "org.holdfast.console.monitor.approvals";
    /** Command: shows certain jobs; without parameters all. */
    public static final String SHOW_JOBS = "org.holdfast.console.monitor.showJobs";
    /** Parameter of {@link #SHOW_JOBS}: what the jobs do, such as {@code backup}. */
    public static final String JOBS_KIND = SHOW_JOBS + ".kind";
    /** Parameter of {@link #SHOW_JOBS}: states joined by commas, such as {@code failed,interrupted}. */
    public static final String JOBS_STATES = SHOW_JOBS + ".states";
    /** Parameter of {@link #SHOW_JOBS}: asked for within so many hours. */
    public static final String JOBS_HOURS = SHOW_JOBS + ".hours";
    /** Parameter of {@link #SHOW_JOBS}: asked for on that day of this computer's zone, ISO 8601. */
    public static final String JOBS_DAY = SHOW_JOBS + ".day";
    /** Parameter of {@link #SHOW_JOBS}: what the filter field says. */
    public static final String JOBS_TEXT = SHOW_JOBS + ".text";
    /** Command: shows certain alerts; without parameters all. */
    public static final String SHOW_ALERTS = "org.holdfast.console.monitor.showAlerts";
    /** Parameter of {@link #SHOW_ALERTS}: chips joined by commas, such as {@code critical}. */
    public static final String ALERTS_CHIPS = SHOW_ALERTS + ".chips";
    /** Parameter of {@link #SHOW_ALERTS}: what the filter field says. */
    public static final String ALERTS_TEXT = SHOW_ALERTS + ".text";

    /** Command: goes to the job, server or vault that the selected alert is about. */
    public static final String CAUSE = "org.holdfast.console.monitor.goToCause";
    /** Command: shows what the last notice was about. */
    public static final String LAST_NOTICE = "org.holdfast.console.monitor.lastNotice";

    /** Command: tells a notice; parameters {@code .title}, {@code .text}, {@code .failed} and {@code .command}. */
    public static final String TELL = "org.holdfast.console.monitor.tell";

    private MonitorIds() {
    }
}
