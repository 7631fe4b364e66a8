package org.holdfast.console.ui;

import org.holdfast.api.Problem;
import org.holdfast.console.client.Failure;

/** What went wrong, in the words of the person's language. */
public final class Problems {
    private Problems() {
    }

    /** What the code means, in a few words. */
    public static String title(Problem problem) {
        return switch (problem) {
            case INVALID_REQUEST -> Messages.problem_INVALID_REQUEST;
            case VAULT_NOT_FOUND -> Messages.problem_VAULT_NOT_FOUND;
            case VAULT_EXISTS -> Messages.problem_VAULT_EXISTS;
            case VAULT_UNSUPPORTED -> Messages.problem_VAULT_UNSUPPORTED;
            case WRONG_PASSPHRASE -> Messages.problem_WRONG_PASSPHRASE;
            case WEAK_PASSPHRASE -> Messages.problem_WEAK_PASSPHRASE;
            case POINT_NOT_FOUND -> Messages.problem_POINT_NOT_FOUND;
            case PATH_NOT_FOUND -> Messages.problem_PATH_NOT_FOUND;
            case OBJECT_MISSING -> Messages.problem_OBJECT_MISSING;
            case OBJECT_DAMAGED -> Messages.problem_OBJECT_DAMAGED;
            case SIGNATURE_INVALID -> Messages.problem_SIGNATURE_INVALID;
            case STORE_FULL -> Messages.problem_STORE_FULL;
            case STORE_UNAVAILABLE -> Messages.problem_STORE_UNAVAILABLE;
            case ACCESS_DENIED -> Messages.problem_ACCESS_DENIED;
            case FILE_CHANGED -> Messages.problem_FILE_CHANGED;
            case FILE_VANISHED -> Messages.problem_FILE_VANISHED;
            case FILE_UNREADABLE -> Messages.problem_FILE_UNREADABLE;
            case METADATA_NOT_RESTORED -> Messages.problem_METADATA_NOT_RESTORED;
            case FILE_NOT_RESTORED -> Messages.problem_FILE_NOT_RESTORED;
            case CANCELLED -> Messages.problem_CANCELLED;
            case INTERNAL -> Messages.problem_INTERNAL;
        };
    }

    /** Everything about a failure as text for a mail or a ticket. */
    public static String report(Failure failure) {
        return title(failure.problem()) + " (" + failure.problem() + ")\n" + failure.message() + '\n'
                + failure.advice() + "\n\n" + failure.details();
    }
}
