package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.holdfast.api.fleet.JobSummary;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.StartJob;

/** Jobs. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class JobCalls {
    private static final String VAULTS = "vaults";
    private static final String JOBS = "jobs";

    private final Caller caller;

    JobCalls(Caller caller) {
        this.caller = caller;
    }

    /** Part of the jobs of a vault; {@link LiveFleet#jobs()} has those of the last days at hand. */
    public CompletableFuture<Page<JobSummary>> list(String vault, ListQuery query) {
        return caller.page(query, JobSummary.class, VAULTS, vault, JOBS);
    }

    /** A job. */
    public CompletableFuture<JobSummary> read(String vault, String job) {
        return caller.get(JobSummary.class, VAULTS, vault, JOBS, job);
    }

    /** Starts a job. */
    public CompletableFuture<JobSummary> start(String vault, StartJob wanted) {
        return caller.post(wanted, JobSummary.class, VAULTS, vault, JOBS);
    }

    /** Asks the agent to give a job up. */
    public CompletableFuture<JobSummary> cancel(String vault, String job) {
        return caller.press(JobSummary.class, VAULTS, vault, JOBS, job, "cancel");
    }

    /** Asks the agent to stop a job for now. */
    public CompletableFuture<JobSummary> pause(String vault, String job) {
        return caller.press(JobSummary.class, VAULTS, vault, JOBS, job, "pause");
    }

    /** Asks the agent to go on with a job. */
    public CompletableFuture<JobSummary> resume(String vault, String job) {
        return caller.press(JobSummary.class, VAULTS, vault, JOBS, job, "resume");
    }

    /** What was skipped or handled in part; paths only when the policy lets the vault know them. */
    public CompletableFuture<List<WarningDetail>> warnings(String vault, String job) {
        return caller.all(ListQuery.all(), WarningDetail.class, VAULTS, vault, JOBS, job, "warnings");
    }
}
