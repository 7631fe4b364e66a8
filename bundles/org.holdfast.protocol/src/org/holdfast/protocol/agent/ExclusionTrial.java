package org.holdfast.protocol.agent;

import java.util.List;

import org.holdfast.api.vault.Exclusions;

/**
 * What to try the exclusions of a policy on, only ever sealed for the agent that tries them.
 *
 * @param items absolute paths
 * @param exclusions what would be left out of them
 */
public record ExclusionTrial(List<String> items, Exclusions exclusions) {
    /** Copies. */
    public ExclusionTrial {
        items = items == null ? List.of() : List.copyOf(items);
        exclusions = exclusions == null ? Exclusions.NONE : exclusions;
    }
}
