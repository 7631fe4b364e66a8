package org.holdfast.store.vault;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.client.VaultClient;

/**
 * Presents the objects of one server to programs that think in locations: {@code vault://HOST:PORT/VAULT/SERVER}. Which
 * server it is was decided by the certificate of the client or by the place, so the location is only a name; it is not
 * registered as a service, but made by whoever has a client.
 *
 * @param client for all calls; closed by whoever made it
 * @param place whose objects
 * @param settings of each store that is opened
 */
public record VaultStoreProvider(VaultClient client, Place place, VaultStoreSettings settings)
        implements StoreProvider {
    private static final String SCHEME = "vault";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean accepts(String location) {
        return location.startsWith(SCHEME + "://");
    }

    @Override
    public BlobStore open(String location) throws IOException {
        var store = new VaultStore(client, place, settings, location);
        if (place instanceof Place.Own) {
            try {
                store.requireThere();
            } catch (IOException e) {
                store.close();
                throw e;
            }
        }
        return store;
    }

    @Override
    public BlobStore create(String location) throws IOException {
        var store = new VaultStore(client, place, settings, location);
        boolean done = false;
        try {
            store.openSession();
            var empty = new AtomicBoolean(true);
            store.list("", info -> empty.set(false));
            if (!empty.get()) {
                throw new FileAlreadyExistsException(location);
            }
            done = true;
            return store;
        } finally {
            if (!done) {
                store.close();
            }
        }
    }
}
