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
 * @param passwordHash made by the crypto bundle
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

    /** Copies the roles. */
    public UserRow {
        roles = List.copyOf(roles);
    }

    /** Hides the hash. */
    @Override
    public String toString() {
        return "UserRow[" + name + ", " + roles + "]";
    }
}
