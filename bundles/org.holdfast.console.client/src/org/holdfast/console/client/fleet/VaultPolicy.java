package org.holdfast.console.client.fleet;

import org.holdfast.api.policy.Policy;

/**
 * A policy and where it is.
 *
 * @param vault name of the vault
 * @param policy its newest version
 */
public record VaultPolicy(String vault, Policy policy) {
    /** Names it within a vault server. */
    public String key() {
        return vault + '/' + policy.name();
    }
}
