package org.holdfast.api.fleet;

import java.util.List;

import org.holdfast.api.vault.Exclusions;

/**
 * What a server protects instead of its policy's items.
 *
 * @param items absolute paths; empty: the policy's items hold
 * @param exclusions left out besides what the policy excludes
 */
public record ServerItems(List<String> items, Exclusions exclusions) {
    /** Nothing of its own. */
    public static final ServerItems NONE = new ServerItems(List.of(), Exclusions.NONE);

    /** Copies; what is missing is empty. */
    public ServerItems {
        items = items == null ? List.of() : List.copyOf(items);
        exclusions = exclusions == null ? Exclusions.NONE : exclusions;
    }
}
