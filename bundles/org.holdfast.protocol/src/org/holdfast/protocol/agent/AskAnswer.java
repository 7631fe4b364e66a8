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
 */
public record AskAnswer(List<AskEntry> entries, boolean more, @Nullable JobFailure failure) {
    /** Copies; a missing list is empty. */
    public AskAnswer {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
