package org.holdfast.agent.install;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How far a host is, as it was at a moment.
 *
 * @param host which one
 * @param step what is being done, {@link Step#WAIT} before and {@link Step#END} after
 * @param percent of the step, or -1 when that cannot be said
 * @param outcome what became of it, or null before the end
 * @param message one sentence for people, may be empty
 * @param advice what to do about it, may be empty
 * @param warnings what should be looked at
 * @param serverId id at the vault, or null before registration
 * @param version of the agent that is there now, or null when that is not known
 * @param started when its turn came, or null before
 * @param ended or null before
 */
public record HostProgress(HostEntry host, Step step, int percent, @Nullable Outcome outcome, String message,
        String advice, List<String> warnings, @Nullable String serverId, @Nullable String version,
        @Nullable Instant started, @Nullable Instant ended) {
    /** Copies. */
    public HostProgress {
        warnings = List.copyOf(warnings);
    }

    /** A host whose turn has not come. */
    public static HostProgress waiting(HostEntry host) {
        return new HostProgress(host, Step.WAIT, -1, null, "", "", List.of(), null, null, null, null);
    }

    /** Whether there is nothing left to do. */
    public boolean isOver() {
        return outcome != null;
    }

    /** Whether it has ended well. */
    public boolean isGood() {
        return outcome != null && outcome.isGood();
    }
}
