package org.holdfast.vault.enrol;

import java.util.UUID;

/** Told of servers that never came to be, so that nothing of them remains. */
public interface AbandonedServers {

    /**
     * A registration was given up; the server is gone from the catalogue. Called once, after the transaction: what a
     * crash prevents has to be found by the implementation itself.
     */
    void abandoned(UUID vaultId, UUID serverId);
}
