package org.holdfast.agent.internal.jobs;

import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.client.RemoteException;

/** Failures in the form the vault may see: it is told what kind of thing went wrong, never the name of a file. */
public final class Failures {
    private Failures() {
    }

    /** The code of a problem on the wire. */
    public static String code(Problem problem) {
        return problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What to tell of a failure.
     *
     * @param names whether the policy lets the vault see names of files
     */
    public static JobFailure of(Throwable failure, boolean names) {
        RemoteException remote = refusal(failure);
        if (remote != null) {
            return new JobFailure(remote.code(), String.valueOf(remote.getMessage()), remote.advice());
        }
        if (failure instanceof HookFailedException hook) {
            return new JobFailure("hook-failed", String.valueOf(hook.getMessage()), hook.advice());
        }
        if (failure instanceof DrillFailedException drill) {
            return new JobFailure("drill-failed", String.valueOf(drill.getMessage()), drill.advice());
        }
        if (failure instanceof CheckFailedException check) {
            return new JobFailure("check-failed", String.valueOf(check.getMessage()), check.advice());
        }
        if (!(failure instanceof HoldfastException known)) {
            return new JobFailure(code(Problem.INTERNAL), "The agent failed with an internal error.",
                    "See the agent's log on the server, and report it.");
        }
        String message = names ? String.valueOf(known.getMessage()) : neutral(known.problem());
        return new JobFailure(code(known.problem()), message, names ? known.advice() : "See the agent's log.");
    }

    /** What the vault itself said, when that is what everything failed with; else null. */
    static @Nullable RemoteException refusal(Throwable failure) {
        if (failure instanceof HoldfastException known && known.problem() != Problem.STORE_UNAVAILABLE
                && known.problem() != Problem.STORE_FULL && known.problem() != Problem.ACCESS_DENIED
                && !(known instanceof RemoteException)) {
            return null;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof RemoteException remote) {
                return remote;
            }
        }
        return null;
    }

    private static String neutral(Problem problem) {
        return switch (problem) {
            case INVALID_REQUEST -> "What was asked for makes no sense on this server.";
            case VAULT_NOT_FOUND -> "The vault has no data of this server.";
            case VAULT_EXISTS -> "The vault has data of this server already.";
            case VAULT_UNSUPPORTED -> "The data was written by a newer version.";
            case WRONG_PASSPHRASE -> "The passphrase does not open the data.";
            case WEAK_PASSPHRASE -> "The passphrase is too weak.";
            case POINT_NOT_FOUND -> "The recovery point is not there.";
            case PATH_NOT_FOUND -> "A path is not there.";
            case OBJECT_MISSING -> "Something is missing in the vault.";
            case OBJECT_DAMAGED -> "Something is damaged in the vault.";
            case SIGNATURE_INVALID -> "Somebody changed data in the vault: a signature does not hold.";
            case STORE_FULL -> "The vault, or the disk that is restored to, is full.";
            case STORE_UNAVAILABLE -> "The vault could not be reached.";
            case ACCESS_DENIED -> "The agent lacks the right to do that.";
            case FILE_CHANGED -> "A file changed while it was read.";
            case FILE_VANISHED -> "A file vanished while it was read.";
            case FILE_UNREADABLE -> "A file could not be read.";
            case METADATA_NOT_RESTORED -> "Something was restored without all its properties.";
            case FILE_NOT_RESTORED -> "A file could not be restored.";
            case CANCELLED -> "The job was cancelled.";
            case INTERNAL -> "The agent failed with an internal error.";
        };
    }
}
