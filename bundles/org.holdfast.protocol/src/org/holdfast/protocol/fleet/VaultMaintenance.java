package org.holdfast.protocol.fleet;

import java.util.List;

/**
 * How far the vault server is with looking after a vault ({@code GET /api/v1/vaults/{vault}/maintenance}).
 *
 * @param open whether the window of the plan is open now
 * @param collectedToday bytes of packs read today (UTC) to move what is needed of them, for all vaults
 * @param scrubbedToday bytes of packs read again today (UTC), for all vaults
 * @param collecting whether a collection of this vault that somebody asked for waits or runs
 * @param scrubbing whether reading again that somebody asked for waits or runs
 * @param packs packs that the last rounds of reading again have read
 * @param freedTotal bytes that collections have freed so far for the servers that are still there
 * @param servers what was done for each server the last time, the latest first
 */
public record VaultMaintenance(boolean open, long collectedToday, long scrubbedToday, boolean collecting,
        boolean scrubbing, long packs, long freedTotal, List<CollectionView> servers) {
    /** Copies. */
    public VaultMaintenance {
        servers = servers == null ? List.of() : List.copyOf(servers);
    }
}
