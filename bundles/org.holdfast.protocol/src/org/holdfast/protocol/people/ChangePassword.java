package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Sets a password ({@code POST /api/v1/users/{name}/password}). All tokens of the account end.
 *
 * @param oldPassword the one that counts now; needed for one's own account
 * @param newPassword the new one, 12 to 256 characters; set by somebody else it has to be changed at the next sign-in
 */
public record ChangePassword(@Nullable String oldPassword, String newPassword) {

    /** Hides the passwords. */
    @Override
    public String toString() {
        return "ChangePassword[]";
    }
}
