package org.holdfast.api.spi.keys;

import java.io.IOException;
import java.util.List;
import java.util.Map;

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

    /**
     * Whether every passphrase that was ever stored at a location stays readable there, and a new one may be stored at
     * a place that holds one: a new version of it.
     */
    default boolean keepsVersions() {
        return false;
    }

    /**
     * The place of one passphrase at a location that holds those of many; the location itself when it is exact.
     *
     * @throws HoldfastException when the location is malformed
     */
    default String locate(String location, KeyNote note) {
        return location;
    }

    /**
     * As {@link #store}, with everything that is known of the passphrase.
     *
     * @param location as {@link #locate} takes it
     * @return where exactly it is: what {@link #read} has to be given to get this one and no other
     */
    default String keep(String location, KeyNote note, char[] passphrase) throws IOException {
        store(location, note.text(), passphrase);
        return location;
    }

    /**
     * Notes more about a passphrase that is there, beside it.
     *
     * @param facts names and values, no secrets
     */
    default void annotate(String location, Map<String, String> facts) throws IOException {
        // A place that can hold nothing but the passphrase.
    }

    /** All passphrases at a place, newest first; the place itself when it is exact or holds one. */
    default List<String> versions(String location) throws IOException {
        return List.of(location);
    }

    /**
     * Places at a location that were noted to have all of these facts ({@link KeyNote#tags}).
     *
     * @return none when nothing is noted there
     */
    default List<String> find(String location, Map<String, String> facts) throws IOException {
        return List.of();
    }

    /**
     * Tries what {@link #store} and {@link #read} will need, as far as that is possible without storing anything. Does
     * not throw for what it finds.
     */
    default List<KeyFinding> examine(String location) {
        return List.of();
    }
}
