package org.holdfast.vault.people;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody with a token that counts.
 *
 * @param user name of the account
 * @param fullName of the person
 * @param roles its roles
 * @param mustChange whether the password has to be changed before anything else is allowed
 * @param tokenHash tells the token apart, and is no secret
 * @param expires until when the token counts
 */
public record SignedIn(String user, String fullName, Set<Role> roles, boolean mustChange, String tokenHash,
        Instant expires) {

    /** Copies the roles. */
    public SignedIn {
        roles = Set.copyOf(roles);
    }
}
