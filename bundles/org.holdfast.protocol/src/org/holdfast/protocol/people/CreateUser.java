package org.holdfast.protocol.people;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Makes an account ({@code POST /api/v1/users}).
 *
 * @param name 2 to 64 characters: lower-case letters, digits, dot, hyphen, underscore, at sign; begins with a letter
 * @param fullName of the person, may be left out
 * @param roles names of its roles, at least one
 * @param password the first one, which has to be changed at the first sign-in; 12 to 256 characters
 */
public record CreateUser(String name, @Nullable String fullName, List<String> roles, String password) {
    /** Copies; what is missing is empty. */
    public CreateUser {
        roles = roles == null ? List.of() : List.copyOf(roles);
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "CreateUser[" + name + ", " + roles + "]";
    }
}
