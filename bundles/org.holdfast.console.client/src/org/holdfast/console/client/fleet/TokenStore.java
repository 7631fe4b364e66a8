package org.holdfast.console.client.fleet;

import java.time.Instant;
import java.util.Optional;

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
     */
    record Token(String value, Instant expires) {
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
