package org.holdfast.api.spi.keys;

import java.io.IOException;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of safe place for passphrases. Registered as a service; {@link #scheme()} must be unique. A location is a URI
 * whose scheme is that of the holder ({@code file:/etc/holdfast/passphrase}); it is no secret. Thread-safe; all methods
 * may block.
 */
@ConsumerType
public interface KeyHolder {
    /** Stable name of the kind and scheme of its locations, for example {@code file}. */
    String scheme();

    /**
     * Checks whether a passphrase would be safe there; changes nothing.
     *
     * @param location where
     * @param protectedPaths what is backed up: a passphrase that only lies in the backup it opens is lost with the
     *         server
     * @throws HoldfastException with {@link org.holdfast.api.Problem#INVALID_REQUEST} when the location is malformed or
     *         not safe, {@link org.holdfast.api.Problem#ACCESS_DENIED} when it cannot be used
     */
    void check(String location, List<RawPath> protectedPaths);

    /**
     * Stores a passphrase, readable for this computer's agent only. When this returned it survives a crash; when it
     * failed nothing of it remains.
     *
     * @param label whose passphrase it is, for people: vault and server
     * @param passphrase neither kept nor wiped
     * @throws java.nio.file.FileAlreadyExistsException when another passphrase is there; it is never replaced
     */
    void store(String location, String label, char[] passphrase) throws IOException;

    /**
     * Reads a passphrase.
     *
     * @return the caller's to wipe
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    char[] read(String location) throws IOException;

    /**
     * Removes a passphrase.
     *
     * @return false when there was none
     */
    boolean remove(String location) throws IOException;
}
