package org.holdfast.protocol.people;

import java.time.Instant;
import java.util.List;

/**
 * The proof that somebody is signed in.
 *
 * @param token for the header {@code Authorization: Bearer}
 * @param expires until when it counts
 * @param user name of the account
 * @param roles names of its roles
 * @param mustChange whether the password has to be changed before anything else is possible
 */
public record LoginAnswer(String token, Instant expires, String user, List<String> roles, boolean mustChange) {
    /** Copies; what is missing is empty. */
    public LoginAnswer {
        roles = roles == null ? List.of() : List.copyOf(roles);
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "LoginAnswer[" + user + ", " + roles + ", until " + expires + "]";
    }
}
