package org.holdfast.console.monitor.internal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.JobCalls;
import org.holdfast.console.model.Row;
import org.holdfast.protocol.fleet.StartJob;

/** What can be done to jobs. */
public enum JobAction {
    /** Gives them up. */
    CANCEL("cancelJobs"),
    /** Stops them for now. */
    PAUSE("pauseJobs"),
    /** Goes on with them. */
    RESUME("resumeJobs"),
    /** Starts the same again. */
    RETRY("retryJobs");

    private static final String PREFIX = "org.holdfast.console.monitor.";
    private static final String PERMISSION = "job.run";

    private final String word;

    JobAction(String word) {
        this.word = word;
    }

    /** Id of its command. */
    public String command() {
        return PREFIX + word;
    }

    /** Variable of the workbench's expressions: whether it can be done to one of the selected jobs. */
    public String variable() {
        return PREFIX + "can" + name();
    }

    /** What it is called. */
    String title() {
        return switch (this) {
            case CANCEL -> Messages.action_cancel;
            case PAUSE -> Messages.action_pause;
            case RESUME -> Messages.action_resume;
            case RETRY -> Messages.action_retry;
        };
    }

    /** What is going on while it is done, one sentence. */
    String heading() {
        return switch (this) {
            case CANCEL -> Messages.action_cancelText;
            case PAUSE -> Messages.action_pauseText;
            case RESUME -> Messages.action_resumeText;
            case RETRY -> Messages.action_retryText;
        };
    }

    /** Whether it can be done to one of them at least. */
    boolean isPossible(List<Row<JobSummary>> jobs) {
        return jobs.stream().anyMatch(job -> skip(job) == null);
    }

    /** Why it cannot be done to a job, null when it can. */
    @Nullable
    String skip(Row<JobSummary> row) {
        FleetSession session = row.session();
        if (session.state().isConnected() && !session.may(PERMISSION)) {
            return NLS.bind(Messages.skip_noRight, session.connection().user(), PERMISSION);
        }
        JobSummary job = row.value();
        return switch (this) {
            case CANCEL -> job.state().isFinal() ? Messages.skip_ended : null;
            case PAUSE -> job.state() == JobState.RUNNING ? null : Messages.skip_notRunning;
            case RESUME -> job.state() == JobState.PAUSED ? null : Messages.skip_notPaused;
            case RETRY -> again(job);
        };
    }

    private static @Nullable String again(JobSummary job) {
        if (!job.state().isFinal()) {
            return Messages.skip_notEnded;
        }
        if (job.state() == JobState.INTERRUPTED) {
            return Messages.skip_goesOn;
        }
        if (job.kind() == JobKind.RESTORE) {
            return Messages.skip_restore;
        }
        return job.kind() == JobKind.BACKUP || job.kind() == JobKind.CHECK || job.kind() == JobKind.DRILL
                || job.kind() == JobKind.VERIFY && job.point() != null ? null : Messages.skip_byVault;
    }

    /**
     * Does it.
     *
     * @param id of the job that is started, the same when it is tried once more: so an answer that got lost does not
     *        lead to a second job
     */
    CompletableFuture<JobSummary> apply(Row<JobSummary> row, UUID id) {
        JobCalls calls = row.session().api().jobs();
        JobSummary job = row.value();
        return switch (this) {
            case CANCEL -> calls.cancel(job.vault(), job.id());
            case PAUSE -> calls.pause(job.vault(), job.id());
            case RESUME -> calls.resume(job.vault(), job.id());
            case RETRY -> calls.start(job.vault(), new StartJob(id.toString(), job.serverId(), job.kind(),
                    job.items(), job.kind() == JobKind.BACKUP ? job.keepUntil() : null, null,
                    job.kind() == JobKind.VERIFY ? job.point() : null, null));
        };
    }
}
