package org.holdfast.protocol.agent;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobFailure;

/**
 * The answer to a question, only ever sealed for the asker's reply key.
 *
 * @param entries what was found, in order
 * @param more whether there is another page
 * @param failure why there is no answer, or null
 * @param dryRun what a restore would do, or null when that was not asked
 * @param exclusions what they would leave out, or null when that was not asked
 */
public record AskAnswer(List<AskEntry> entries, boolean more, @Nullable JobFailure failure,
        @Nullable DryRunState dryRun, @Nullable ExclusionReport exclusions) {
    /** Copies; a missing list is empty. */
    public AskAnswer {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }

    /** An answer about files. */
    public AskAnswer(List<AskEntry> entries, boolean more, @Nullable JobFailure failure) {
        this(entries, more, failure, null, null);
    }
}
