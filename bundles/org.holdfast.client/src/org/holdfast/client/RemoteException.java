package org.holdfast.client;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** The vault answered, and the answer was no. */
public class RemoteException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;
    private final @Nullable Duration retryAfter;

    /**
     * @param problem the code in terms of this program
     * @param status HTTP status
     * @param code the vault's stable code, lower case with hyphens
     * @param message what happened
     * @param advice what to do next
     * @param field the input it is about, or null
     * @param retryAfter when the vault wants to be asked again, or null
     */
    public RemoteException(Problem problem, int status, String code, String message, String advice,
            @Nullable String field, @Nullable Duration retryAfter) {
        super(problem, message, advice);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** HTTP status, 300 to 599. */
    public int status() {
        return status;
    }

    /** The vault's stable code. */
    public String code() {
        return code;
    }

    /** The input it is about. */
    public @Nullable String field() {
        return field;
    }

    /** When the vault wants to be asked again. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
