package org.holdfast.vault;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * A request that the vault refuses, with a stable code in kebab-case that programs may act upon. The kind says what
 * sort of refusal it is and so which HTTP status it gets.
 */
public final class Refusal extends HoldfastException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final @Nullable String field;

    /**
     * @param kind the sort of refusal
     * @param code the stable code, kebab-case
     * @param message what is wrong, one sentence
     * @param advice what to do about it, may be empty
     */
    public Refusal(Kind kind, String code, String message, String advice) {
        this(kind, code, message, advice, null);
    }

    /**
     * @param kind the sort of refusal
     * @param code the stable code, kebab-case
     * @param message what is wrong, one sentence
     * @param advice what to do about it, may be empty
     * @param field name of the property of the request that is wrong, or null
     */
    public Refusal(Kind kind, String code, String message, String advice, @Nullable String field) {
        super(kind.problem, message, advice);
        this.kind = kind;
        this.code = code;
        this.field = field;
    }

    /** A property of a request with a value that cannot be. */
    public static Refusal invalid(String field, String message) {
        return new Refusal(Kind.INVALID, "invalid-request", message, "", field);
    }

    /** Something named by the request that is not there, or that the caller may not know of. */
    public static Refusal notFound(String what) {
        return new Refusal(Kind.NOT_FOUND, "not-found", "no such " + what, "");
    }

    /** The sort of refusal. */
    public Kind kind() {
        return kind;
    }

    /** The stable code, kebab-case. */
    public String code() {
        return code;
    }

    /** Name of the property that is wrong, or null. */
    public @Nullable String field() {
        return field;
    }

    /** Sorts of refusals, each with its HTTP status. */
    public enum Kind {
        /** The request makes no sense. */
        INVALID(400, Problem.INVALID_REQUEST),
        /** Nobody is signed in, or the proof is not accepted. */
        UNAUTHENTICATED(401, Problem.ACCESS_DENIED),
        /** The caller may not do that. */
        FORBIDDEN(403, Problem.ACCESS_DENIED),
        /** It is not there. */
        NOT_FOUND(404, Problem.INVALID_REQUEST),
        /** There is something, but it cannot be used in that way. */
        METHOD(405, Problem.INVALID_REQUEST),
        /** It came too slowly. */
        TIMEOUT(408, Problem.INVALID_REQUEST),
        /** It is in a state in which that is impossible, or the name is taken. */
        CONFLICT(409, Problem.INVALID_REQUEST),
        /** It was there and is over for good. */
        GONE(410, Problem.INVALID_REQUEST),
        /** The length of the body must be said before. */
        LENGTH_REQUIRED(411, Problem.INVALID_REQUEST),
        /** Somebody changed it meanwhile. */
        CHANGED(412, Problem.INVALID_REQUEST),
        /** More than is allowed. */
        TOO_LARGE(413, Problem.INVALID_REQUEST),
        /** The body is in a form that nobody reads here. */
        MEDIA_TYPE(415, Problem.INVALID_REQUEST),
        /** The range of bytes is not within the thing. */
        RANGE(416, Problem.INVALID_REQUEST),
        /** Understood, but against a rule. */
        UNACCEPTABLE(422, Problem.INVALID_REQUEST),
        /** The request must say which version it changes. */
        CONDITION_REQUIRED(428, Problem.INVALID_REQUEST),
        /** Too many attempts; later again. */
        TOO_MANY(429, Problem.ACCESS_DENIED),
        /** Not now; later again. */
        UNAVAILABLE(503, Problem.STORE_UNAVAILABLE),
        /** No room. */
        FULL(507, Problem.STORE_FULL);

        private final int status;
        private final Problem problem;

        Kind(int status, Problem problem) {
            this.status = status;
            this.problem = problem;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }
}
