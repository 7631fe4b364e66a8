package org.holdfast.console.client.fleet;

import java.time.Instant;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Keeps sign-ins between two starts of the console. No method may ask a person or wait for one; a store that cannot do
 * what it should behaves as an empty one.
 */
public interface TokenStore {
    /**
     * A sign-in that was kept.
     *
     * @param value bearer token
     * @param expires until when it counts, vault time
     * @param entra what it is renewed with when it came from Entra ID, null for one of a password
     */
    record Token(String value, Instant expires, @Nullable EntraGrant entra) {
        @Override
        public String toString() {
            return "Token[until " + expires + "]";
        }
    }

    /** The sign-in of a connection. */
    Optional<Token> read(String connectionId);

    /** Keeps a sign-in in place of the one before. */
    void write(String connectionId, Token token);

    /** Forgets the sign-in of a connection. */
    void remove(String connectionId);
}
