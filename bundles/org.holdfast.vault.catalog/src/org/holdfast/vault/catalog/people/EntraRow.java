package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How people sign in with Entra ID.
 *
 * @param enabled whether they may
 * @param tenant id of the tenant
 * @param clientId id of the application that stands for this vault
 * @param authority where tokens come from, with a slash at the end
 * @param ca certificates in PEM to trust there besides those of Java, empty for none
 * @param breakGlass the one local account that may still sign in, null when all may
 * @param roles what roles and groups of the tenant mean here
 * @param changed when it was changed last
 * @param version grows with each change, 0 when nobody has set anything yet
 */
public record EntraRow(boolean enabled, String tenant, String clientId, String authority, String ca,
        @Nullable String breakGlass, List<Mapping> roles, Instant changed, long version) {

    /** Copies the table. */
    public EntraRow {
        roles = List.copyOf(roles);
    }

    /**
     * What a role or a group means.
     *
     * @param claim {@code role} or {@code group}
     * @param value name of the role, or id of the group
     * @param role name of our role
     */
    public record Mapping(String claim, String value, String role) {
    }
}
