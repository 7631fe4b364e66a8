package org.holdfast.client;

import java.nio.file.Path;

/** Who calls. */
public sealed interface Identity {
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
        public String toString() {
            return "Token[...]";
        }
    }
}
