package org.holdfast.cli.internal.fleet;

import java.io.IOException;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.client.VaultClient;

/** A store that takes its client along when it is closed. */
final class ClosingStore extends ForwardingStore {
    private final VaultClient client;

    /** @param client used by nothing else */
    ClosingStore(BlobStore store, VaultClient client) {
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
