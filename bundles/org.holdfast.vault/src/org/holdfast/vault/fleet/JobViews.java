package org.holdfast.vault.fleet;

import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.vault.catalog.fleet.JobRow;

/** Rows of jobs as people see them. */
final class JobViews {
    private JobViews() {
    }

    static JobSummary summary(JobRow row, String vault, String server) {
        String code = row.failureCode();
        return new JobSummary(row.id().toString(), vault, row.serverId().toString(), server,
                Wire.to(JobKind.class, row.kind()), Wire.to(JobState.class, row.state()),
                Wire.to(JobTrigger.class, row.cause()), row.requestedBy(), row.created(), row.started(), row.ended(),
                row.keepUntil(), Wire.words(row.items()), row.policy(), row.policyVersion(), text(row.sourceServer()),
                row.point(), Wire.readOrNull(row.progress(), JobProgress.class),
                Wire.readOrNull(row.result(), JobResult.class),
                code == null ? null : new JobFailure(code, row.failureMessage(), row.failureAdvice()),
                Wire.numbers(row.warnings()), text(row.resumes()));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
