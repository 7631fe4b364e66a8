package org.holdfast.api.fleet;

/**
 * Why a job did not end well.
 *
 * @param code stable, lower case with hyphens
 * @param message what happened, one sentence without names of files
 * @param advice what to do about it, may be empty
 */
public record JobFailure(String code, String message, String advice) {
    /** What is missing is empty. */
    public JobFailure {
        code = code == null ? "internal" : code;
        message = message == null ? "" : message;
        advice = advice == null ? "" : advice;
    }
}
