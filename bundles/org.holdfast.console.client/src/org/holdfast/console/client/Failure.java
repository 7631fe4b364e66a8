package org.holdfast.console.client;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.RemoteException;

/**
 * A failure as a view shows it.
 *
 * @param problem the stable code
 * @param message what happened, one sentence; refusals of a vault server in the person's language
 * @param advice what to do next, may be empty
 * @param details for whoever has to look into it: the chain of causes as text
 * @param code what the vault server calls it, empty for what it has not said
 */
public record Failure(Problem problem, String message, String advice, String details, String code) {
    private static final String APPROVAL = "approval-needed";

    /** A failure that no vault server has told. */
    public Failure(Problem problem, String message, String advice, String details) {
        this(problem, message, advice, details, "");
    }

    /** Whether a second person has to agree first; the request for that is made already. */
    public boolean needsApproval() {
        return code.equals(APPROVAL);
    }

    /** Translates any throwable; wrappers that futures put around it are taken off. */
    public static Failure of(Throwable thrown) {
        return of(thrown, Locale.getDefault(Locale.Category.DISPLAY));
    }

    /** The same in the language of a locale, as far as refusals of the vault server are known in it. */
    public static Failure of(Throwable thrown, Locale locale) {
        Throwable t = thrown;
        Throwable cause = t.getCause();
        while (cause != null && (t instanceof CompletionException || t instanceof ExecutionException)) {
            t = cause;
            cause = t.getCause();
        }
        if (t instanceof RemoteException refused) {
            var refusals = new Refusals(locale);
            String code = refused.code();
            return new Failure(refused.problem(), refusals.message(code, text(refused)),
                    refusals.advice(code, refused.advice()), trace(refused), code);
        }
        if (t instanceof HoldfastException h) {
            return new Failure(h.problem(), text(h), h.advice(), trace(h));
        }
        if (t instanceof CancellationException) {
            return new Failure(Problem.CANCELLED, "The operation was cancelled.", "", trace(t));
        }
        return new Failure(Problem.INTERNAL, t.getClass().getSimpleName() + ": " + text(t), "", trace(t));
    }

    /** Whether somebody asked for it. */
    public boolean isCancelled() {
        return problem == Problem.CANCELLED;
    }

    private static String text(Throwable t) {
        @Nullable String message = t.getMessage();
        return message == null ? "" : message;
    }

    private static String trace(Throwable thrown) {
        var out = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            out.append(out.isEmpty() ? "" : "Caused by: ").append(t).append('\n');
            for (StackTraceElement frame : t.getStackTrace()) {
                out.append("    at ").append(frame).append('\n');
            }
        }
        return out.toString();
    }
}
