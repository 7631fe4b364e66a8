package org.holdfast.vault.people;

/**
 * The account that a new installation begins with.
 *
 * @param name of the account
 * @param secret its password, to be shown once; has to be changed at the first sign-in
 */
public record FirstAdministrator(String name, String secret) {

    /** Its name. */
    public static final String NAME = "admin";

    /** Hides the secret. */
    @Override
    public String toString() {
        return "FirstAdministrator[" + name + "]";
    }
}
