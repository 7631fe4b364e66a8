package org.holdfast.api.vault;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Warning;

/**
 * All that is recorded about a recovery point.
 *
 * @param summary as in the list
 * @param previousId the point before it in the chain, or null for the first
 * @param warnings paths and reasons; at most {@link #MAX_WARNINGS} are kept, the summary counts all
 * @param exclusions patterns in force
 * @param program name and version of what wrote it
 * @param signatureValid whether the manifest's signature was checked and holds
 */
public record PointDetails(PointSummary summary, @Nullable String previousId, List<Warning> warnings,
        List<String> exclusions, String program, boolean signatureValid) {
    /** Most warnings a manifest holds. */
    public static final int MAX_WARNINGS = 100_000;
}
