package org.holdfast.api.spi.keys;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of service that has keys nobody gets to see, and encrypts a few bytes with them. Registered as a service.
 * Thread-safe; all methods may block.
 */
@ConsumerType
public interface KeyWrapper {
    /**
     * Encrypted bytes.
     *
     * @param key exactly the key that decrypts them, at most 256 characters of ASCII; no secret
     * @param bytes encrypted, at most 1024
     */
    record Wrapped(String key, byte[] bytes) {
    }

    /** Whether it understands such a name of a key. */
    boolean accepts(String key);

    /**
     * Encrypts bytes.
     *
     * @param key whose newest version is taken unless it names one
     * @param secret at most 64 bytes; not wiped
     * @throws org.holdfast.api.HoldfastException with advice when it may not or cannot
     */
    Wrapped wrap(String key, byte[] secret) throws IOException;

    /**
     * Decrypts bytes.
     *
     * @return the caller's to wipe
     * @throws org.holdfast.api.HoldfastException with advice when it may not or cannot
     */
    byte[] unwrap(Wrapped wrapped) throws IOException;
}
