package org.holdfast.protocol.people;

/**
 * Exchanges an access token of Entra ID for one of the vault ({@code POST /api/v1/sign-in/entra}), which ends with it.
 *
 * @param token access token, version 2.0, for the vault's application
 */
public record EntraLogin(String token) {

    /** Hides the token. */
    @Override
    public String toString() {
        return "EntraLogin[]";
    }
}
