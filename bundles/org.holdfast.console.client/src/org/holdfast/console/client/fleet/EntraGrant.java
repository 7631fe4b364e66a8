package org.holdfast.console.client.fleet;

import org.holdfast.api.spi.signin.EntraTokens.Offer;

/**
 * What a sign-in with Entra ID is renewed with.
 *
 * @param authority where tokens come from
 * @param tenant id of the tenant
 * @param clientId id of the application that stands for the vault
 * @param cache what the library keeps, a secret
 */
public record EntraGrant(String authority, String tenant, String clientId, String cache) {
    /** The offer that was used. */
    Offer offer() {
        return new Offer(authority, tenant, clientId);
    }

    /** Hides what is kept. */
    @Override
    public String toString() {
        return "EntraGrant[" + tenant + "]";
    }
}
