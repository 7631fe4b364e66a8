package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An account.
 *
 * @param id identity
 * @param name unique, lower case
 * @param fullName of the person
 * @param passwordHash made by the crypto bundle; for somebody of Entra ID what {@link #ofEntra} says
 * @param roles names of roles
 * @param disabled whether nobody can sign in with it
 * @param mustChange whether the password has to be changed
 * @param failures wrong passwords since the last right one
 * @param lockedUntil until when it is locked, or null
 * @param lastLogin when somebody signed in last, or null
 * @param created when it was made
 * @param changed when it was changed last
 * @param version grows with each change by a person
 */
public record UserRow(UUID id, String name, String fullName, String passwordHash, List<String> roles, boolean disabled,
        boolean mustChange, int failures, @Nullable Instant lockedUntil, @Nullable Instant lastLogin, Instant created,
        Instant changed, long version) {

    private static final String ENTRA = "entra:";

    /** Copies the roles. */
    public UserRow {
        roles = List.copyOf(roles);
    }

    /** What stands in the place of the hash for somebody of Entra ID: no password has it. */
    public static String ofEntra(String objectId) {
        return ENTRA + objectId;
    }

    /** Whether it is an account with a password. */
    public boolean local() {
        return !passwordHash.startsWith(ENTRA);
    }

    /** Id of the person in Entra ID, null for a local account. */
    public @Nullable String objectId() {
        return local() ? null : passwordHash.substring(ENTRA.length());
    }

    /** Hides the hash. */
    @Override
    public String toString() {
        return "UserRow[" + name + ", " + roles + "]";
    }
}
