package org.holdfast.protocol.agent;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.Exclusions;

/**
 * Everything a server should do by itself, resolved by the vault from policies, assignments and the server's own items.
 *
 * @param version opaque; differs whenever anything below differs
 * @param policy the policy that holds, or null: nothing happens by itself
 * @param origin why it holds
 * @param items the paths to protect
 * @param exclusions what to leave out of them: the policy's and the server's own together
 */
public record AgentPolicy(String version, @Nullable Policy policy, PolicyOrigin origin, List<String> items,
        Exclusions exclusions) {
    /** Copies; missing lists are empty. */
    public AgentPolicy {
        items = items == null ? List.of() : List.copyOf(items);
        exclusions = exclusions == null ? Exclusions.NONE : exclusions;
    }
}
