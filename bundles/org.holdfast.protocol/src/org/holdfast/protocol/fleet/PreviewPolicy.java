package org.holdfast.protocol.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.Policy;

/**
 * What would a policy do ({@code POST .../policies/preview})?
 *
 * @param policy the policy, stored or not
 * @param from start of the preview, or null for now
 * @param runs how many next runs are wanted, 1 to 1000, or null for 10
 * @param days for how many days points are simulated, 1 to 3660, or null for 400
 */
public record PreviewPolicy(Policy policy, @Nullable Instant from, @Nullable Integer runs, @Nullable Integer days) {
}
