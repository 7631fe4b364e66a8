package org.holdfast.client;

import java.nio.file.Path;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;

/** Who calls. */
public sealed interface Identity {
    /** The bearer token of the next call, null when there is none. */
    default @Nullable String bearer() {
        return null;
    }

    /** Nobody yet. */
    record Nobody() implements Identity {
    }

    /**
     * An agent. Files are read when the client is made; the key file must not be accessible to others.
     *
     * @param chain PEM file with the certificate, and those that lead to the authority
     * @param key PEM file with the private key, PKCS #8
     */
    record Certificate(Path chain, Path key) implements Identity {
    }

    /**
     * A person.
     *
     * @param value bearer token
     */
    record Token(String value) implements Identity {
        @Override
        public @Nullable String bearer() {
            return value;
        }

        @Override
        public String toString() {
            return "Token[...]";
        }
    }

    /**
     * A person whose session is renewed from time to time.
     *
     * @param token tells the token of the moment, asked before each call
     */
    record Session(Supplier<String> token) implements Identity {
        @Override
        public @Nullable String bearer() {
            return token.get();
        }

        @Override
        public String toString() {
            return "Session[...]";
        }
    }
}
