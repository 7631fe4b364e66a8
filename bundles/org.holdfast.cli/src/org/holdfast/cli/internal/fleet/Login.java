package org.holdfast.cli.internal.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a sign-in left behind for the commands that follow.
 *
 * @param address host and port of the vault server
 * @param fingerprint SHA-256 of the certificate of its authority, hexadecimal
 * @param user account
 * @param token bearer token
 * @param expires until when the token counts
 * @param vault name of the vault that is meant when a command names none, or null
 * @param entra what the sign-in is renewed with when it came from Entra ID, null for one with a password
 */
public record Login(String address, String fingerprint, String user, String token, Instant expires,
        @Nullable String vault, @Nullable EntraLogin entra) {
    /** The same for another vault. */
    Login withVault(@Nullable String other) {
        return new Login(address, fingerprint, user, token, expires, other, entra);
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "Login[" + user + " at " + address + "]";
    }
}
