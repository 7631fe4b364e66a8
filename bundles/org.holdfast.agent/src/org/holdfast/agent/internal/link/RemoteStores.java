package org.holdfast.agent.internal.link;

import java.io.IOException;
import java.nio.file.Path;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.VaultClient;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStore;
import org.holdfast.store.vault.VaultStoreSettings;

/**
 * The objects of servers at a vault. Each store has a client of its own, with the certificate that is in force when it
 * is opened, and can be broken off without hurting others.
 *
 * @param settings how to reach the vault, as whom
 * @param cache folder for what is on its way and for immutable objects
 * @param bootId this start of the agent
 */
public record RemoteStores(ClientSettings settings, Path cache, String bootId) implements Stores {
    @Override
    public BlobStore open(Use use) throws IOException {
        VaultClient client;
        try {
            client = new VaultClient(settings);
        } catch (HoldfastException e) {
            throw new IOException(e.getMessage(), e);
        }
        String server = use.server();
        var own = VaultStoreSettings.of(cache, bootId, use.purpose(), use.job())
                .paced(use.throttle()::acquire, use.receiving()::acquire);
        return new Remote(new VaultStore(client, server == null ? new Place.Own() : new Place.Other(server), own),
                client);
    }

    private static final class Remote extends ForwardingStore implements AbortableStore {
        private final VaultClient client;

        Remote(VaultStore store, VaultClient client) {
            super(store);
            this.client = client;
        }

        @Override
        public void abort() {
            client.close();
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                client.close();
            }
        }
    }
}
