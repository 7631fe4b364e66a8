package org.holdfast.cli.internal.fleet;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.signin.EntraTokens.Offer;

/**
 * What is kept of a sign-in with Entra ID, so that it can be renewed without a question.
 *
 * @param authority where tokens come from
 * @param tenant id of the tenant
 * @param clientId id of the application that stands for the vault
 * @param cache what the library keeps, with a refresh token; null when this program signs in with its own identity
 */
public record EntraLogin(String authority, String tenant, String clientId, @Nullable String cache) {
    /** The offer that was used. */
    Offer offer() {
        return new Offer(authority, tenant, clientId);
    }

    /** Hides what is kept. */
    @Override
    public String toString() {
        return "EntraLogin[" + tenant + "]";
    }
}
