package org.holdfast.console.servers.internal.editor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.pages.Fact;

/** Jobs of the server in words. */
final class JobText {
    private final Formats formats;

    JobText(Formats formats) {
        this.formats = formats;
    }

    /** Its jobs of the last days, the newest first. */
    static List<JobSummary> of(Row<ServerSummary> server) {
        String id = server.value().id();
        return server.session().live().jobs().snapshot().stream().filter(job -> job.serverId().equals(id))
                .sorted(Comparator.comparing(JobSummary::created).reversed()).toList();
    }

    /** Its last job of a kind that has ended, or null. */
    static @Nullable JobSummary last(Row<ServerSummary> server, JobKind kind) {
        return of(server).stream().filter(job -> job.kind() == kind && job.state().isFinal()).findFirst().orElse(null);
    }

    static String state(JobState state) {
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

    static Icon icon(JobState state) {
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

    static String kind(JobKind kind) {
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

    /** How far it is, or how long it took. */
    String progress(JobSummary job) {
        if (job.state().isFinal()) {
            return job.started() == null || job.ended() == null ? ""
                    : formats.duration(Duration.between(job.started(), job.ended()));
        }
        JobProgress now = job.progress();
        if (now == null || now.bytesTotal() <= 0) {
            return "";
        }
        long percent = Math.min(100, Math.round(now.bytes() * 100.0 / now.bytesTotal()));
        Long left = now.remainingSeconds();
        return left == null ? NLS.bind(Messages.job_percent, percent)
                : NLS.bind(Messages.job_left, percent, formats.duration(Duration.ofSeconds(left)));
    }

    /** Files and bytes, as far as they are known. */
    String amount(JobSummary job) {
        if (job.result() != null) {
            return Texts.bind(Messages.job_amount, formats.count(job.result().files()), formats.size(
                    job.result().bytes()));
        }
        return job.progress() == null ? ""
                : Texts.bind(Messages.job_amount, formats.count(job.progress().files()),
                        formats.size(job.progress().bytes()));
    }

    /** What went wrong. */
    String problem(JobSummary job) {
        if (job.failure() != null) {
            return (job.failure().message() + ' ' + job.failure().advice()).strip();
        }
        long warnings = job.warnings().values().stream().mapToLong(Long::longValue).sum();
        return warnings == 0 ? "" : Texts.bind(Messages.job_warningCount, formats.count(warnings));
    }

    /** A job that has ended, as facts. */
    List<Fact> facts(String name, @Nullable JobSummary job) {
        if (job == null) {
            return List.of(Fact.of(name, Messages.job_none));
        }
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(name, NLS.bind(Messages.job_when, state(job.state()), formats.time(job.created())),
                icon(job.state())));
        if (job.result() != null && job.kind() != JobKind.CHECK) {
            facts.add(Fact.of(Messages.job_result, amount(job)));
        }
        if (!problem(job).isEmpty()) {
            facts.add(Fact.of(Messages.job_problem, problem(job)));
        }
        return facts;
    }
}
