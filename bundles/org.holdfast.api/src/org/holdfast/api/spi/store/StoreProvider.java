package org.holdfast.api.spi.store;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/** A kind of store. Registered as a service; {@link #scheme()} must be unique. */
@ConsumerType
public interface StoreProvider {
    /** Stable name of the kind, for example {@code directory}. */
    String scheme();

    /** Whether a location (what the person typed for VAULT) is for this provider. */
    boolean accepts(String location);

    /**
     * Opens the store at a location; does not create anything.
     *
     * @throws java.nio.file.NoSuchFileException when nothing is there
     */
    BlobStore open(String location) throws IOException;

    /**
     * Creates an empty store.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something is there that is not an empty place
     */
    BlobStore create(String location) throws IOException;
}
