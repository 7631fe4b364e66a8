package org.holdfast.store.vault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.UUID;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.client.SignIns;
import org.holdfast.client.VaultClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The objects of a server as {@code vault://ADDRESS/VAULT/SERVER}, read by a person who is signed in to the vault
 * server of that address. With the passphrase that is all it takes to see and restore what a server had, whether it is
 * still there or not.
 */
@Component(service = StoreProvider.class)
public final class SignedInStores implements StoreProvider {
    private static final String SCHEME = "vault";
    private static final String PREFIX = SCHEME + "://";

    private final SignIns people;

    /** @param people where somebody is signed in */
    @Activate
    public SignedInStores(@Reference SignIns people) {
        this.people = people;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean accepts(String location) {
        return location.startsWith(PREFIX);
    }

    @Override
    public BlobStore open(String location) throws IOException {
        String[] parts = location.substring(PREFIX.length()).split("/", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || !isServer(parts[2])) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + location + "' names no server.",
                    "Give vault://HOST:PORT/VAULT/SERVER.");
        }
        VaultClient client = people.client(parts[0]);
        var settings = VaultStoreSettings.of(people.cache().resolve(parts[2]), UUID.randomUUID().toString(),
                "restore", null);
        return new Owner(new VaultStore(client, new Place.OfServer(parts[1], parts[2]), settings, location), client);
    }

    /** An id, which becomes the name of a folder. */
    private static boolean isServer(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public BlobStore create(String location) throws IOException {
        throw new AccessDeniedException(location, null, "A server makes its own place when it is registered");
    }

    /** A store that takes its client along when it is closed. */
    private static final class Owner extends ForwardingStore {
        private final VaultClient client;

        Owner(BlobStore store, VaultClient client) {
            super(store);
            this.client = client;
        }

        @Override
        public void close() throws IOException {
            try (client) {
                super.close();
            }
        }
    }
}
