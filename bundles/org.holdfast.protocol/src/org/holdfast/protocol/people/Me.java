package org.holdfast.protocol.people;

import java.time.Instant;
import java.util.List;

/**
 * Who is signed in ({@code GET /api/v1/me}).
 *
 * @param user name of the account
 * @param fullName of the person, may be empty
 * @param roles names of the roles
 * @param permissions what the roles allow
 * @param mustChange whether the password has to be changed before anything else is possible
 * @param expires until when the token counts
 */
public record Me(String user, String fullName, List<String> roles, List<String> permissions, boolean mustChange,
        Instant expires) {
    /** Copies; what is missing is empty. */
    public Me {
        roles = roles == null ? List.of() : List.copyOf(roles);
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
    }
}
