package org.holdfast.protocol.people;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An account.
 *
 * @param name unique, lower case
 * @param fullName of the person, may be empty
 * @param roles names of its roles: {@code reader}, {@code operator}, {@code administrator}, {@code security-officer}
 * @param disabled whether nobody can sign in with it
 * @param mustChange whether the password has to be changed at the next sign-in
 * @param lockedUntil until when it is locked after too many wrong passwords, or null
 * @param lastLogin when somebody signed in last, or null
 * @param created when it was made
 * @param version grows with each change
 * @param objectId id of the person or application in Entra ID, null for a local account
 */
public record UserView(String name, String fullName, List<String> roles, boolean disabled, boolean mustChange,
        @Nullable Instant lockedUntil, @Nullable Instant lastLogin, Instant created, long version,
        @Nullable String objectId) {
    /** Copies; what is missing is empty. */
    public UserView {
        roles = roles == null ? List.of() : List.copyOf(roles);
    }
}
