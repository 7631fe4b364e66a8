package org.holdfast.agent.internal.control;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.JobSpec;

/**
 * What a command asks the running agent for; one line of JSON.
 *
 * @param what {@code status}, {@code submit}, {@code cancel}, {@code pause}, {@code resume}
 * @param job {@code submit}: what to do
 * @param passphrase {@code submit}: of the other server's data, or null
 * @param id the job to cancel, pause or resume
 */
public record ControlRequest(String what, @Nullable JobSpec job, @Nullable String passphrase, @Nullable String id) {
    /** Longest line in characters. */
    public static final int MAX_LENGTH = 1 << 20;

    /** How the agent is. */
    public static ControlRequest status() {
        return new ControlRequest("status", null, null, null);
    }

    /** Begins a job and follows it to its end. */
    public static ControlRequest submit(JobSpec job, @Nullable String passphrase) {
        return new ControlRequest("submit", job, passphrase, null);
    }

    /** Something with a job: {@code cancel}, {@code pause} or {@code resume}. */
    public static ControlRequest with(String what, String id) {
        return new ControlRequest(what, null, null, id);
    }

    @Override
    public String toString() {
        return "ControlRequest[" + what + "]";
    }
}
