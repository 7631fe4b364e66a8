package org.holdfast.vault.http;

/** Tells whose a token is. */
public interface BearerAuthenticator {
    /**
     * The person behind a token.
     *
     * @param token as it was presented, of any content
     * @param address where the call comes from
     * @throws org.holdfast.vault.Refusal of kind UNAUTHENTICATED when the token is unknown, expired or revoked
     */
    Caller.Person authenticate(String token, String address);
}
