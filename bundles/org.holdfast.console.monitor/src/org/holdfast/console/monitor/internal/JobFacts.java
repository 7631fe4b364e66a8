package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;

/** All that is known of a job, beside what is known of the last good one. */
final class JobFacts {
    private final Row<JobSummary> row;
    private final JobWords words;
    private final Formats f;
    private final @Nullable JobComparison with;
    private final List<Fact> facts = new ArrayList<>();

    private JobFacts(Row<JobSummary> row, JobWords words, @Nullable JobComparison with) {
        this.row = row;
        this.words = words;
        this.with = with;
        f = words.formats();
    }

    /** @param with what it is compared with, or null */
    static List<Fact> of(Row<JobSummary> row, JobWords words, @Nullable JobComparison with) {
        var all = new JobFacts(row, words, with);
        all.what();
        all.numbers();
        return List.copyOf(all.facts);
    }

    private void what() {
        JobSummary job = row.value();
        JobSummary good = with == null ? null : with.good();
        add(Messages.column_state, JobWords.state(job.state()), good == null ? "" : JobWords.state(good.state()), "");
        if (job.failure() != null) {
            add(Messages.column_why, job.failure().message());
            add(Messages.fact_advice, job.failure().advice());
            add(Messages.fact_code, job.failure().code());
        }
        job.warnings().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(w -> {
            long before = good == null ? 0 : good.warnings().getOrDefault(w.getKey(), 0L);
            add(NLS.bind(Messages.fact_warnings, w.getKey()), f.count(w.getValue()),
                    good == null ? "" : f.count(before), with == null ? "" : with.count(w.getValue(), before));
        });
        add(Messages.column_progress, words.progress(job), good == null ? "" : words.progress(good),
                with == null || !job.state().isFinal() ? "" : with.duration());
        add(Messages.column_server, NLS.bind(Messages.fact_serverOf, new Object[] { job.server(), job.vault(),
                row.session().connection().name() }));
        add(Messages.fact_trigger, JobWords.trigger(job), good == null ? "" : JobWords.trigger(good), "");
        add(Messages.column_asked, f.preciseTime(job.created()), good == null ? "" : f.time(good.created()), "");
        add(Messages.fact_started, job.started() == null ? "" : f.preciseTime(job.started()));
        add(Messages.fact_ended, job.ended() == null ? "" : f.preciseTime(job.ended()));
        add(Messages.fact_policy, policy(job), good == null ? "" : policy(good), "");
        add(Messages.fact_items, String.join(", ", job.items()));
        add(Messages.fact_point, job.point() == null ? "" : job.point());
    }

    private void numbers() {
        JobSummary job = row.value();
        JobSummary good = with == null ? null : with.good();
        if (with == null || good == null) {
            add(Messages.column_files, f.count(JobWords.files(job)));
            add(Messages.fact_changes, changes(job));
            add(Messages.column_read, f.exactSize(JobWords.read(job)));
            add(Messages.column_stored, f.exactSize(JobWords.stored(job)));
            add(Messages.column_rate, words.rate(job));
        } else {
            add(Messages.column_files, f.count(JobWords.files(job)), f.count(JobWords.files(good)),
                    with.count(JobWords.files(job), JobWords.files(good)));
            add(Messages.fact_changes, changes(job), changes(good), "");
            add(Messages.column_read, f.exactSize(JobWords.read(job)), f.size(JobWords.read(good)),
                    with.size(JobWords.read(job), JobWords.read(good)));
            add(Messages.column_stored, f.exactSize(JobWords.stored(job)), f.size(JobWords.stored(good)),
                    with.size(JobWords.stored(job), JobWords.stored(good)));
            add(Messages.column_rate, words.rate(job), words.rate(good), "");
        }
        add(Messages.fact_id, job.id());
    }

    private static String policy(JobSummary job) {
        return job.policy() == null ? ""
                : NLS.bind(Messages.fact_policyVersion, job.policy(),
                        Long.toString(job.policyVersion()));
    }

    private String changes(JobSummary job) {
        JobResult result = job.result();
        return result == null ? ""
                : NLS.bind(Messages.fact_changesText, new Object[] { f.count(result.filesNew()),
                        f.count(result.filesChanged()), f.count(result.filesUnchanged()),
                        f.count(result.filesRemoved()) });
    }

    private void add(String name, String value) {
        add(name, value, "", "");
    }

    private void add(String name, String value, String before, String change) {
        if (!value.isEmpty() || !before.isEmpty()) {
            facts.add(new Fact(name, value, before, change));
        }
    }
}
