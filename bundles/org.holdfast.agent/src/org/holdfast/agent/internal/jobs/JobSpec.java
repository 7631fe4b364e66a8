package org.holdfast.agent.internal.jobs;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.vault.IfExists;

/**
 * What a job is to do; written to the journal, so it holds no secret.
 *
 * @param id UUID, chosen by whoever asked
 * @param kind what it does
 * @param trigger why it was started
 * @param items backup: absolute paths, empty for what the policy says
 * @param keepUntil backup: the point is kept until then, or null
 * @param restore what to restore, or null
 * @param resumes id of the interrupted job it goes on with, or null
 * @param drill what to drill, or null
 */
public record JobSpec(String id, JobKind kind, JobTrigger trigger, List<String> items, @Nullable Instant keepUntil,
        @Nullable Restore restore, @Nullable String resumes, @Nullable Drill drill) {
    /** Copies; a missing list is empty. */
    public JobSpec {
        items = items == null ? List.of() : List.copyOf(items);
    }

    /** A job that is no drill. */
    public JobSpec(String id, JobKind kind, JobTrigger trigger, List<String> items, @Nullable Instant keepUntil,
            @Nullable Restore restore, @Nullable String resumes) {
        this(id, kind, trigger, items, keepUntil, restore, resumes, null);
    }

    /**
     * What to drill.
     *
     * @param point id of the point, or null for the newest good one
     * @param seed chooses the sample
     */
    public record Drill(@Nullable String point, long seed) {
    }

    /**
     * What to restore.
     *
     * @param server id of the server whose point it is, or null for this one
     * @param point id of the point, a prefix, or {@code latest}
     * @param include absolute paths, empty for all
     * @param target folder to restore into, or null for the original places
     * @param ifExists what to do with files that are there
     * @param owners whether to restore owners
     * @param permissions whether to restore modes and attributes
     * @param dryRun only count
     * @param throttled whether to keep to the policy's rates
     * @param keyLocation where this agent finds the passphrase of the other server, or null when it came with the
     *         request
     */
    public record Restore(@Nullable String server, String point, List<String> include, @Nullable String target,
            IfExists ifExists, boolean owners, boolean permissions, boolean dryRun, boolean throttled,
            @Nullable String keyLocation) {
        /** Copies; a missing list is empty. */
        public Restore {
            include = include == null ? List.of() : List.copyOf(include);
            ifExists = ifExists == null ? IfExists.COPY : ifExists;
        }
    }

    /** A backup of what the policy says, or of other paths. */
    public static JobSpec backup(String id, JobTrigger trigger, List<String> items, @Nullable Instant keepUntil) {
        return new JobSpec(id, JobKind.BACKUP, trigger, items, keepUntil, null, null);
    }

    /** A restore. */
    public static JobSpec restore(String id, JobTrigger trigger, Restore restore) {
        return new JobSpec(id, JobKind.RESTORE, trigger, List.of(), null, restore, null);
    }

    /** A restore drill. */
    public static JobSpec drill(String id, JobTrigger trigger, Drill drill) {
        return new JobSpec(id, JobKind.DRILL, trigger, List.of(), null, null, null, drill);
    }

    /** The same work in another job. */
    public JobSpec continued(String otherId) {
        return new JobSpec(otherId, kind, JobTrigger.RESUME, items, keepUntil, restore, id, drill);
    }
}
