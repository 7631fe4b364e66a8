package org.holdfast.agent.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;
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

    private record Remote(VaultStore store, VaultClient client) implements AbortableStore {
        @Override
        public boolean put(String name, ByteBuffer bytes) throws IOException {
            return store.put(name, bytes);
        }

        @Override
        public Upload begin() throws IOException {
            return store.begin();
        }

        @Override
        public long size(String name) throws IOException {
            return store.size(name);
        }

        @Override
        public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
            return store.read(name, position, into, offset, length);
        }

        @Override
        public byte[] get(String name, int limit) throws IOException {
            return store.get(name, limit);
        }

        @Override
        public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
            store.list(prefix, visitor);
        }

        @Override
        public boolean delete(String name) throws IOException {
            return store.delete(name);
        }

        @Override
        public long freeBytes() throws IOException {
            return store.freeBytes();
        }

        @Override
        public String location() {
            return store.location();
        }

        @Override
        public void abort() {
            client.close();
        }

        @Override
        public void close() throws IOException {
            try {
                store.close();
            } finally {
                client.close();
            }
        }
    }
}
