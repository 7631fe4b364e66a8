package org.holdfast.protocol.fleet;

import java.util.List;

/**
 * What was made anew from the store ({@code POST /api/v1/rebuild}).
 *
 * @param servers servers that were added
 * @param points recovery points that were entered
 * @param packs packs that were described anew in the index
 * @param failed ids of servers whose objects cannot be made out
 */
public record RebuildResult(int servers, int points, int packs, List<String> failed) {
    /** Copies. */
    public RebuildResult {
        failed = failed == null ? List.of() : List.copyOf(failed);
    }
}
