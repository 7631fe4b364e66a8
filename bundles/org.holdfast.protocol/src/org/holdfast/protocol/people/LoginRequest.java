package org.holdfast.protocol.people;

/**
 * Signs a person in ({@code POST /api/v1/login}).
 *
 * @param user name of the account
 * @param password its password
 */
public record LoginRequest(String user, String password) {

    /** Hides the password. */
    @Override
    public String toString() {
        return "LoginRequest[" + user + "]";
    }
}
