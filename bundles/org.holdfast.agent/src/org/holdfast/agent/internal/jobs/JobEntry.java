package org.holdfast.agent.internal.jobs;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;

/**
 * A job in the agent's journal.
 *
 * @param spec what it is to do
 * @param state where it stands
 * @param created when it was taken, agent's time
 * @param started when it began, or null
 * @param ended when it ended, or null
 * @param result what it did, or null
 * @param failure why it did not end well, or null
 * @param warnings number of warnings by code
 * @param announced whether the vault knows the job
 * @param settled whether the vault knows how it ended
 */
public record JobEntry(JobSpec spec, JobState state, Instant created, @Nullable Instant started,
        @Nullable Instant ended, @Nullable JobResult result, @Nullable JobFailure failure, Map<String, Long> warnings,
        boolean announced, boolean settled) {
    /** Copies; a missing map is empty. */
    public JobEntry {
        warnings = warnings == null ? Map.of() : Map.copyOf(new TreeMap<>(warnings));
    }

    /** A job just taken. */
    public static JobEntry of(JobSpec spec, Instant when, boolean announced) {
        return new JobEntry(spec, JobState.QUEUED, when, null, null, null, null, Map.of(), announced, false);
    }

    /** Id of the job. */
    public String id() {
        return spec.id();
    }

    /** At work since then, or at work again. */
    public JobEntry running(Instant when) {
        return new JobEntry(spec, JobState.RUNNING, created, started == null ? when : started, null, null, null,
                warnings, announced, settled);
    }

    /** In another state that is not final. */
    public JobEntry in(JobState other) {
        return new JobEntry(spec, other, created, started, ended, result, failure, warnings, announced, settled);
    }

    /** Ended. */
    public JobEntry ended(JobState how, Instant when, @Nullable JobResult what, @Nullable JobFailure why,
            Map<String, Long> counts) {
        return new JobEntry(spec, how, created, started, when, what, why, counts, announced, settled);
    }

    /** Known to the vault. */
    public JobEntry announcedToVault() {
        return new JobEntry(spec, state, created, started, ended, result, failure, warnings, true, settled);
    }

    /** Its end known to the vault. */
    public JobEntry settledWithVault() {
        return new JobEntry(spec, state, created, started, ended, result, failure, warnings, true, true);
    }
}
