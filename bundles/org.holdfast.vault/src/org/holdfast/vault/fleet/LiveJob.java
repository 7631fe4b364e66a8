package org.holdfast.vault.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.fleet.JobRow;

/** What the node has in mind of a job that has not ended. All access is under the object's own lock. */
final class LiveJob {
    final UUID id;
    final UUID serverId;
    /** Held while the job is written, so that an older state never comes after a newer one. */
    final ReentrantLock writing = new ReentrantLock();
    private final JobRow begun;
    JobState state;
    @Nullable
    Instant started;
    @Nullable
    Instant ended;
    @Nullable
    JobProgress progress;
    @Nullable
    JobResult result;
    @Nullable
    JobFailure failure;
    @Nullable
    String point;
    Map<String, Long> warnings;
    long lastSequence;
    String bootId;
    /** When the agent last showed that it knows of the job; not before it took the command. */
    @Nullable
    Instant seen;
    Instant watchedUntil = Instant.MIN;
    /** Until when somebody looks at it through another node. */
    Instant watchedElsewhereUntil = Instant.MIN;
    @Nullable
    Instant published;
    Instant written;
    boolean dirty;
    /** Whether the state is not in the catalogue yet; it is written again until it is. */
    boolean unwritten;
    int detailCount;

    LiveJob(JobRow row, Instant now) {
        begun = row;
        id = row.id();
        serverId = row.serverId();
        state = Wire.to(JobState.class, row.state());
        started = row.started();
        ended = row.ended();
        progress = Wire.readOrNull(row.progress(), JobProgress.class);
        result = Wire.readOrNull(row.result(), JobResult.class);
        failure = row.failureCode() == null ? null
                : new JobFailure(row.failureCode(), row.failureMessage(), row.failureAdvice());
        point = row.point();
        warnings = Wire.numbers(row.warnings());
        lastSequence = row.lastSequence();
        bootId = row.bootId();
        seen = state == JobState.QUEUED ? null : now;
        written = now;
    }

    /** As it was asked for. */
    JobRow begun() {
        return begun;
    }

    boolean isWatched(Instant now) {
        return watchedUntil.isAfter(now);
    }

    /** Ends it, or changes its state; keeps the times true. */
    void become(JobState next, Instant now) {
        state = next;
        if (started == null && next != JobState.QUEUED && next != JobState.CANCELLED && next != JobState.FAILED) {
            started = now;
        }
        ended = next.isFinal() ? now : null;
        dirty = true;
        unwritten = true;
    }

    /** What is to be written, as if it were. */
    JobRow take(Instant now) {
        dirty = false;
        written = now;
        return row(now);
    }

    /** How it stands. */
    JobRow row(Instant now) {
        JobFailure why = failure;
        return new JobRow(begun.id(), begun.vaultId(), begun.serverId(), begun.kind(), Wire.of(state), begun.cause(),
                begun.requestedBy(), begun.created(), started, ended, begun.keepUntil(), begun.items(), begun.policy(),
                begun.policyVersion(), begun.sourceServer(), point, Wire.textOrNull(progress), Wire.textOrNull(result),
                why == null ? null : Wire.plain(why.code(), 64), why == null ? null : Wire.plain(why.message(), 1000),
                why == null ? null : Wire.plain(why.advice(), 1000), Json.text(warnings),
                warnings.values().stream().mapToLong(Long::longValue).sum(), begun.resumes(), lastSequence, bootId,
                now);
    }
}
