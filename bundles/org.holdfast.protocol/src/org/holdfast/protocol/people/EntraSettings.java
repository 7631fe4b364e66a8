package org.holdfast.protocol.people;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How people sign in with Entra ID ({@code GET} and {@code PUT /api/v1/sign-in/entra/settings}).
 *
 * @param enabled whether it is offered
 * @param tenant id of the tenant, a UUID; may be empty when it is not offered
 * @param clientId id of the application that stands for the vault, a UUID; may be empty when it is not offered
 * @param authority where tokens come from; null for the public cloud
 * @param ca certificates in PEM to trust there besides the usual ones, for private clouds; null for none
 * @param breakGlass the one local administrator that may sign in while all other local accounts may not; null when all
 *        local accounts may
 * @param roles what roles and groups mean; null for the app roles {@code reader}, {@code operator} and
 *        {@code administrator} with the meaning of their names
 */
public record EntraSettings(boolean enabled, String tenant, String clientId, @Nullable String authority,
        @Nullable String ca, @Nullable String breakGlass, @Nullable List<EntraMapping> roles) {
    /** Copies. */
    public EntraSettings {
        tenant = tenant == null ? "" : tenant;
        clientId = clientId == null ? "" : clientId;
        roles = roles == null ? null : List.copyOf(roles);
    }
}
