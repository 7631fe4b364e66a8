package org.holdfast.protocol.agent;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Something the agent is to do once. It is repeated until it is acknowledged, so the agent knows it again by its id.
 *
 * @param id UUID
 * @param kind a {@link CommandKind} as {@link CommandKind#wire()} says it; text, so that a newer vault's command does
 *        not spoil an older agent's poll
 * @param expires not to be begun after this, vault time
 * @param job the job it is about or that it begins, or null
 * @param backup for {@link CommandKind#BACKUP}, else null
 * @param restore for {@link CommandKind#RESTORE}, else null
 * @param ask for {@link CommandKind#ASK}, else null
 * @param drill for {@link CommandKind#DRILL}, else null
 */
public record Command(String id, String kind, Instant expires, @Nullable String job, @Nullable BackupOrder backup,
        @Nullable RestoreOrder restore, @Nullable AskOrder ask, @Nullable DrillOrder drill) {
    /** A backup. */
    public static Command backup(String id, Instant expires, String job, BackupOrder order) {
        return new Command(id, CommandKind.BACKUP.wire(), expires, job, order, null, null, null);
    }

    /** A restore. */
    public static Command restore(String id, Instant expires, String job, RestoreOrder order) {
        return new Command(id, CommandKind.RESTORE.wire(), expires, job, null, order, null, null);
    }

    /** A question. */
    public static Command ask(String id, Instant expires, AskOrder order) {
        return new Command(id, CommandKind.ASK.wire(), expires, null, null, null, order, null);
    }

    /** A restore drill. */
    public static Command drill(String id, Instant expires, String job, DrillOrder order) {
        return new Command(id, CommandKind.DRILL.wire(), expires, job, null, null, null, order);
    }

    /** A command that needs nothing but a job. */
    public static Command job(String id, CommandKind kind, Instant expires, @Nullable String job) {
        return new Command(id, kind.wire(), expires, job, null, null, null, null);
    }

    /** What it wants, {@link CommandKind#UNKNOWN} when this version does not know. */
    public CommandKind what() {
        return CommandKind.of(kind);
    }
}
