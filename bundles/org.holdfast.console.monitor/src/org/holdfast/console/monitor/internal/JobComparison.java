package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;

/** A job beside the last one of the same server and kind that went well before it. */
final class JobComparison {
    /** What went well without a warning is the better measure. */
    private static final List<JobState> GOOD = List.of(JobState.DONE, JobState.DONE_WITH_WARNINGS);

    private final JobSummary job;
    private final JobSummary good;
    private final JobWords words;

    JobComparison(JobSummary job, JobSummary good, JobWords words) {
        this.job = job;
        this.good = good;
        this.words = words;
    }

    /** Looks among the jobs at hand, and asks the vault when there is none; null when there is none at all. */
    static CompletableFuture<@Nullable JobSummary> lastGood(Row<JobSummary> row) {
        JobSummary job = row.value();
        for (JobState state : GOOD) {
            JobSummary found = newest(row.session().live().jobs().snapshot().stream(), job, state);
            if (found != null) {
                return CompletableFuture.completedFuture(found);
            }
        }
        ListQuery query = ListQuery.all().limitedTo(20).sortedBy("-created").where("serverId=" + job.serverId())
                .where("kind=" + JobScope.word(job.kind())).where("created<=" + job.created());
        for (JobState state : GOOD) {
            query = query.where("state=" + JobScope.chip(state));
        }
        return row.session().api().jobs().list(job.vault(), query).thenApply(page -> {
            JobSummary done = newest(page.items().stream(), job, JobState.DONE);
            return done != null ? done : newest(page.items().stream(), job, JobState.DONE_WITH_WARNINGS);
        });
    }

    private static @Nullable JobSummary newest(Stream<JobSummary> jobs, JobSummary job, JobState state) {
        return jobs.filter(j -> j.state() == state && j.kind() == job.kind() && j.serverId().equals(job.serverId())
                && j.vault().equals(job.vault()) && j.created().isBefore(job.created()))
                .max(Comparator.comparing(JobSummary::created)).orElse(null);
    }

    /** The other one. */
    JobSummary good() {
        return good;
    }

    /** How much longer or shorter it took. */
    String duration() {
        long now = words.took(job).toSeconds();
        long then = words.took(good).toSeconds();
        Formats f = words.formats();
        return job.started() == null ? ""
                : change(now, then, f.duration(Duration.ofSeconds(
                        Math.abs(now - then))));
    }

    /** How many more or fewer. */
    String count(long now, long then) {
        return change(now, then, words.formats().count(Math.abs(now - then)));
    }

    /** How much more or less. */
    String size(long now, long then) {
        return change(now, then, words.formats().size(Math.abs(now - then)));
    }

    private static String change(long now, long then, String by) {
        if (now == then) {
            return Messages.compare_same;
        }
        return NLS.bind(now > then ? Messages.compare_more : Messages.compare_less, by,
                then == 0 ? "" : NLS.bind(Messages.compare_percent, Math.round(Math.abs(now - then) * 100.0 / then)))
                .strip();
    }
}
