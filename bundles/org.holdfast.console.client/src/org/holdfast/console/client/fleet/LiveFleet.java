package org.holdfast.console.client.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.protocol.people.ApprovalView;

/** The lists of one session. They stay as they were while the session is not connected. */
public final class LiveFleet {
    /** Most jobs that are held; of each vault at first its share of half of them. */
    public static final int MOST_JOBS = 10_000;

    /** Most requests for approval that are held. */
    public static final int MOST_APPROVALS = 1000;

    /** What is kept longest comes first: jobs at work, then the newest. */
    private static final Comparator<JobSummary> KEEP = Comparator.comparing((JobSummary j) -> j.state().isFinal())
            .thenComparing(JobSummary::created, Comparator.reverseOrder());

    private final LiveList<VaultSummary> vaults;
    private final LiveList<ServerSummary> servers;
    private final LiveList<VaultPolicy> policies;
    private final LiveList<JobSummary> jobs;
    private final LiveList<AlertSummary> alerts;
    private final LiveList<ApprovalView> approvals;

    LiveFleet(ScheduledExecutorService timer) {
        vaults = new LiveList<>(timer, VaultSummary::id);
        servers = new LiveList<>(timer, ServerSummary::id);
        policies = new LiveList<>(timer, VaultPolicy::key);
        jobs = new LiveList<>(timer, JobSummary::id);
        alerts = new LiveList<>(timer, AlertSummary::id);
        approvals = new LiveList<>(timer, ApprovalView::id);
    }

    /** All vaults; their counts follow within seconds. */
    public LiveList<VaultSummary> vaults() {
        return vaults;
    }

    /** The protected servers of all vaults, retired ones as well. */
    public LiveList<ServerSummary> servers() {
        return servers;
    }

    /** The policies of all vaults. */
    public LiveList<VaultPolicy> policies() {
        return policies;
    }

    /** All jobs at work, and those of the last eight days, at most about {@value #MOST_JOBS}. */
    public LiveList<JobSummary> jobs() {
        return jobs;
    }

    /** All alerts that are not closed. */
    public LiveList<AlertSummary> alerts() {
        return alerts;
    }

    /** Requests for approval, the latest {@value #MOST_APPROVALS}; only overseers may see them. */
    public LiveList<ApprovalView> approvals() {
        return approvals;
    }

    /** All lists. */
    List<LiveList<?>> all() {
        return List.of(vaults, servers, policies, jobs, alerts, approvals);
    }

    void job(JobSummary job) {
        jobs.put(job);
        jobs.trim(MOST_JOBS, KEEP);
    }
}
