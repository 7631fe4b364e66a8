package org.holdfast.protocol.fleet;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Policy;

/**
 * The policy of a server ({@code GET and PUT .../servers/{id}/policy}).
 *
 * @param assigned name of the policy assigned to the server itself, or null; the only component read by {@code PUT}
 * @param effective the policy that holds, or null
 * @param origin why it holds, or null in a request
 * @param applied whether the agent has said that it follows it, or null in a request
 * @param drift why it does not, or null
 */
public record ServerPolicy(@Nullable String assigned, @Nullable Policy effective, @Nullable PolicyOrigin origin,
        @Nullable Boolean applied, @Nullable String drift) {
    /** Asks for a policy, or for none of its own. */
    public static ServerPolicy assign(@Nullable String policy) {
        return new ServerPolicy(policy, null, null, null, null);
    }
}
