package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.Phase;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;

/** Jobs in words. */
public final class JobWords {
    private final Formats formats;
    private final Clock clock;

    /** @param clock tells how long a job has been at work */
    public JobWords(Formats formats, Clock clock) {
        this.formats = formats;
        this.clock = clock;
    }

    /** Sizes, counts and times. */
    public Formats formats() {
        return formats;
    }

    /** The present time. */
    Instant now() {
        return clock.instant();
    }

    /** A state in a word or two. */
    public static String state(JobState state) {
        return switch (state) {
            case QUEUED -> Messages.job_queued;
            case RUNNING -> Messages.job_running;
            case PAUSED -> Messages.job_paused;
            case DONE -> Messages.job_done;
            case DONE_WITH_WARNINGS -> Messages.job_warnings;
            case FAILED -> Messages.job_failed;
            case CANCELLED -> Messages.job_cancelled;
            case INTERRUPTED -> Messages.job_interrupted;
        };
    }

    /** The icon of a state. */
    public static Icon icon(JobState state) {
        return switch (state) {
            case QUEUED -> Icon.HISTORY;
            case RUNNING -> Icon.REFRESH;
            case PAUSED -> Icon.TIMELINE;
            case DONE -> Icon.COMPLETED;
            case DONE_WITH_WARNINGS -> Icon.WARNINGS;
            case FAILED -> Icon.ERROR;
            case CANCELLED -> Icon.CANCEL;
            case INTERRUPTED -> Icon.INTERRUPTED;
        };
    }

    /** What a job does. */
    public static String kind(JobKind kind) {
        return switch (kind) {
            case BACKUP -> Messages.kind_backup;
            case RESTORE -> Messages.kind_restore;
            case VERIFY -> Messages.kind_verify;
            case RETAIN -> Messages.kind_retain;
            case IMPORT -> Messages.kind_import;
            case CHECK -> Messages.kind_check;
            case DRILL -> Messages.kind_drill;
        };
    }

    /** Why a job was started, and by whom. */
    public static String trigger(JobSummary job) {
        return switch (job.trigger()) {
            case REQUEST -> job.requestedBy().isEmpty() ? Messages.trigger_request
                    : NLS.bind(Messages.trigger_by, job.requestedBy());
            case LOCAL -> Messages.trigger_local;
            case SCHEDULE -> Messages.trigger_schedule;
            case CATCH_UP -> Messages.trigger_catchUp;
            case RESUME -> Messages.trigger_resume;
        };
    }

    private static String phase(Phase phase) {
        return switch (phase) {
            case OPENING -> Messages.phase_opening;
            case SCANNING -> Messages.phase_scanning;
            case TRANSFERRING -> Messages.phase_transferring;
            case VERIFYING -> Messages.phase_verifying;
            case COLLECTING -> Messages.phase_collecting;
            case COMMITTING -> Messages.phase_committing;
            case DONE -> Messages.phase_done;
        };
    }

    /** How far it is while it is at work, how long it took afterwards. */
    public String progress(JobSummary job) {
        if (job.state().isFinal()) {
            return job.started() == null ? "" : NLS.bind(Messages.job_took, formats.duration(took(job)));
        }
        JobProgress now = job.progress();
        if (now == null) {
            return job.state() == JobState.QUEUED ? Messages.job_waits : "";
        }
        String phase = phase(now.phase());
        int percent = percent(now);
        Long left = now.remainingSeconds();
        if (percent < 0) {
            return phase;
        }
        return left == null || job.state() == JobState.PAUSED ? NLS.bind(Messages.job_percent, phase, percent)
                : NLS.bind(Messages.job_left,
                        new Object[] { phase, percent, formats.duration(Duration.ofSeconds(left)) });
    }

    /** How much of it is done, or dots while nobody knows. */
    String done(JobSummary job) {
        JobProgress now = job.progress();
        int percent = now == null ? -1 : percent(now);
        return percent < 0 ? Messages.job_unknown : NLS.bind(Messages.overview_percent, percent);
    }

    private static int percent(JobProgress now) {
        return now.bytesTotal() <= 0 ? -1 : (int) Math.min(100, now.bytes() * 100.0 / now.bytesTotal());
    }

    /** How long it has been at work, or was; zero before it began. */
    Duration took(JobSummary job) {
        Instant start = job.started();
        Instant end = job.ended() == null ? clock.instant() : job.ended();
        return start == null || end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }

    /** Bytes a second: over the last seconds while it is at work, on the average afterwards. */
    double speed(JobSummary job) {
        if (!job.state().isFinal()) {
            return job.state() == JobState.RUNNING && job.progress() != null ? job.progress().bytesPerSecond() : 0;
        }
        long millis = took(job).toMillis();
        return millis <= 0 ? 0 : read(job) * 1000.0 / millis;
    }

    /** The same in words. */
    public String rate(JobSummary job) {
        double speed = speed(job);
        return speed < 1 ? "" : formats.rate(speed);
    }

    /** Files handled so far, or in all. */
    static long files(JobSummary job) {
        JobResult result = job.result();
        return result != null ? result.files() : job.progress() == null ? 0 : job.progress().files();
    }

    /** Bytes of file data read so far, or in all; of a restore the bytes written. */
    static long read(JobSummary job) {
        JobResult result = job.result();
        if (result == null) {
            return job.progress() == null ? 0 : job.progress().bytes();
        }
        return job.kind() == JobKind.BACKUP ? result.bytesRead() : result.bytes();
    }

    /** Bytes added to the vault. */
    static long stored(JobSummary job) {
        JobResult result = job.result();
        return result != null ? result.storedBytes() : job.progress() == null ? 0 : job.progress().storedBytes();
    }

    /** Number of warnings. */
    static long warnings(JobSummary job) {
        long counted = job.warnings().values().stream().mapToLong(Long::longValue).sum();
        return counted > 0 || job.progress() == null ? counted : job.progress().warnings();
    }

    /** What went wrong, or why it was started. */
    public String why(JobSummary job) {
        if (job.failure() != null) {
            return job.failure().message();
        }
        long warnings = warnings(job);
        return warnings > 0 ? Texts.bind(Messages.job_warningCount, formats.count(warnings)) : trigger(job);
    }

    /** All that a filter finds it by, in lower case. */
    public String searched(Row<JobSummary> row) {
        JobSummary job = row.value();
        return (job.server() + ' ' + kind(job.kind()) + ' ' + state(job.state()) + ' ' + job.vault() + ' '
                + trigger(job) + ' ' + (job.policy() == null ? "" : job.policy()) + ' ' + why(job) + ' '
                + (job.failure() == null ? "" : job.failure().code()) + ' ' + job.id() + ' '
                + row.session().connection().name())
                .toLowerCase(Locale.ROOT);
    }

    /** The most important of it, for a tool tip. */
    public String explain(Row<JobSummary> row) {
        JobSummary job = row.value();
        var text = new StringBuilder(NLS.bind(Messages.job_of, kind(job.kind()), job.server())).append('\n')
                .append(state(job.state()));
        String progress = progress(job);
        if (!progress.isEmpty()) {
            text.append(": ").append(progress);
        }
        text.append('\n').append(trigger(job)).append(", ").append(formats.preciseTime(job.created()));
        if (job.failure() != null) {
            text.append('\n').append(job.failure().message());
            if (!job.failure().advice().isEmpty()) {
                text.append('\n').append(job.failure().advice());
            }
        }
        return text.toString();
    }
}
