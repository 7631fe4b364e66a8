package org.holdfast.agent.internal.link;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;

/**
 * Presents one place at the vault to the engine, which thinks in kinds of stores and locations.
 *
 * @param opener opens the place; each store is closed by the engine
 */
public record OneStore(Opener opener) implements StoreProvider {
    /** The location of the one place. */
    public static final String LOCATION = "vault:";
    private static final String DESCRIPTOR = "vault";

    /** Opens the place. */
    @FunctionalInterface
    public interface Opener {
        /** A store of its own for each call. */
        BlobStore open() throws IOException;
    }

    @Override
    public String scheme() {
        return "vault";
    }

    @Override
    public boolean accepts(String location) {
        return location.equals(LOCATION);
    }

    @Override
    public BlobStore open(String location) throws IOException {
        return opener.open();
    }

    @Override
    public BlobStore create(String location) throws IOException {
        BlobStore store = opener.open();
        boolean empty = false;
        try {
            empty = store.size(DESCRIPTOR) < 0;
        } finally {
            if (!empty) {
                store.close();
            }
        }
        if (!empty) {
            throw new FileAlreadyExistsException(location);
        }
        return store;
    }
}
