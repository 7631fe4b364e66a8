package org.holdfast.agent.install;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;

/**
 * The vault as somebody sees it who is signed in: whether a server has been heard of, and what it is to do. Calls may
 * block and come from several threads.
 */
public interface VaultSide {
    /**
     * Whether a server's agent is connected, and was heard of after a moment.
     *
     * @param serverId id of the server
     * @param since by the vault's clock as far as it is known; nothing but a hint
     * @throws HoldfastException when the vault cannot be asked
     */
    boolean isConnected(String serverId, Instant since);

    /**
     * Assigns what the run or the list says; calling it again changes nothing.
     *
     * @param serverId id of the server
     * @param policy name of a policy, or null to leave it
     * @param tags to add
     * @param folders to protect instead of the policy's items, empty to leave it
     * @throws HoldfastException when the vault refuses
     */
    void assign(String serverId, @Nullable String policy, List<String> tags, List<String> folders);
}
