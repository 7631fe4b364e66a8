package org.holdfast.store.vault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.data.Committed;
import org.holdfast.protocol.data.ObjectEntry;
import org.holdfast.protocol.data.SlotRemoval;
import org.holdfast.protocol.data.Space;
import org.holdfast.store.vault.internal.Errors;
import org.holdfast.store.vault.internal.RemoteObjects;
import org.holdfast.store.vault.internal.RemoteSession;

/**
 * The objects of a server at its vault. What is written goes into a session, which is opened with the first write and
 * ended by {@link #close}; packs of {@link Upload#commitLater} are spooled and sent in the background. How often a
 * broken connection is tried again is up to the client's settings. The client is the caller's to close.
 */
public final class VaultStore implements BlobStore {
    private static final String POINTS = "points/";
    private static final String SLOTS = "slots/";

    private final VaultClient client;
    private final Place place;
    private final String location;
    private final RemoteSession session;
    private final RemoteObjects objects;

    /** Makes no connection yet. */
    public VaultStore(VaultClient client, Place place, VaultStoreSettings settings) {
        this(client, place, settings, "vault://" + client.settings().addresses().getFirst() + switch (place) {
            case Place.Own own -> "";
            case Place.Other other -> "/" + other.server();
            case Place.OfServer of -> "/" + of.vault() + "/" + of.server();
        });
    }

    /**
     * Makes no connection yet.
     *
     * @param location what people call it
     */
    public VaultStore(VaultClient client, Place place, VaultStoreSettings settings, String location) {
        this.client = client;
        this.place = place;
        this.session = new RemoteSession(client, settings);
        this.objects = new RemoteObjects(client, place, session, settings);
        this.location = location;
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T remote(String name, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (HoldfastException e) {
            throw Errors.of(name, e);
        }
    }

    private void requireOwn() throws IOException {
        if (!(place instanceof Place.Own)) {
            throw new java.nio.file.AccessDeniedException(location, null, "these objects can only be read");
        }
    }

    /** Opens the session now rather than with the first write. */
    public void openSession() throws IOException {
        requireOwn();
        remote(location, () -> {
            session.open();
            return true;
        });
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        ObjectNames.require(name);
        requireOwn();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return remote(name, () -> isPoint(name) ? commit(name, new Body.Memory(copy, 0, copy.length))
                : objects.put(name, new Body.Memory(copy, 0, copy.length)));
    }

    /** Names of manifests are hashes; in tests of stores other things lie there as well. */
    private static boolean isPoint(String name) {
        return name.startsWith(POINTS) && name.length() == POINTS.length() + 64;
    }

    private boolean commit(String name, Body body) {
        String path = session.commit(name.substring(POINTS.length()));
        // The name says what is committed, so this needs no key to be repeated.
        Call call = new Call("POST", path, Map.of(), body, null, true);
        return !client.send(session.in(call), Committed.class).body().repeated();
    }

    @Override
    public Upload begin() throws IOException {
        requireOwn();
        return objects.begin();
    }

    @Override
    public long size(String name) throws IOException {
        ObjectNames.require(name);
        return remote(name, () -> {
            try {
                return client.exchange(Call.head(place.object(name)),
                        head -> head.headers().firstValueAsLong("Content-Length").orElse(0));
            } catch (RemoteException e) {
                if (e.status() == 404) {
                    return -1L;
                }
                throw e;
            }
        });
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        ObjectNames.require(name);
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("Position " + position);
        }
        return remote(name, () -> objects.read(name, position, into, offset, length));
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        ObjectNames.require(name);
        return remote(name, () -> objects.get(name, limit));
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        ObjectNames.requirePrefix(prefix);
        List<ObjectInfo> all = remote(location, () -> client.exchange(
                Call.get(place.list()).query("prefix", prefix), answer -> parse(answer.stream())));
        if (prefix.equals("index/") || prefix.equals(POINTS)) {
            Set<String> names = new HashSet<>();
            all.forEach(info -> names.add(info.name()));
            objects.keepOnly(prefix, names);
        }
        all.forEach(visitor);
    }

    /** All of them before any is handed out: a list that breaks off is fetched again, and nothing may come twice. */
    private static List<ObjectInfo> parse(InputStream in) throws IOException {
        List<ObjectInfo> all = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 64 << 10);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            ObjectEntry entry = Json.read(line, ObjectEntry.class);
            all.add(new ObjectInfo(entry.name(), entry.size(), entry.modified()));
        }
        return all;
    }

    @Override
    public boolean delete(String name) throws IOException {
        ObjectNames.require(name);
        requireOwn();
        return remote(name, () -> {
            try {
                client.send(session.in(Call.delete(place.object(name))), Void.class);
                return true;
            } catch (RemoteException e) {
                if (e.status() == 404) {
                    return false;
                }
                throw e;
            } finally {
                objects.drop(name);
            }
        });
    }

    @Override
    public boolean delete(String name, Prover prover) throws IOException {
        ObjectNames.require(name);
        if (!name.startsWith(SLOTS)) {
            return delete(name);
        }
        requireOwn();
        var removal = new SlotRemoval(prover.prove(SlotRemoval.PURPOSE, name.getBytes(StandardCharsets.US_ASCII)));
        return remote(name, () -> {
            try {
                client.send(session.in(Call.post("/agent/v1/slots/" + name.substring(SLOTS.length()) + "/removal",
                        removal)), Void.class);
                return true;
            } catch (RemoteException e) {
                if (e.status() == 404) {
                    return false;
                }
                throw e;
            } finally {
                objects.drop(name);
            }
        });
    }

    @Override
    public long freeBytes() throws IOException {
        if (!(place instanceof Place.Own)) {
            return -1;
        }
        try {
            return remote(location, this::space);
        } catch (NoSuchFileException e) {
            // Nothing was ever stored.
            return -1;
        }
    }

    private long space() {
        return client.get("/agent/v1/space", Space.class).free();
    }

    /**
     * Makes sure that there is a place for the objects of the server, be it empty.
     *
     * @throws NoSuchFileException when the server has never opened a session
     */
    public void requireThere() throws IOException {
        remote(location, this::space);
    }

    @Override
    public String location() {
        return location;
    }

    /** What is on its way and nobody has waited for is given up. */
    @Override
    public void close() throws IOException {
        objects.close();
        session.close();
    }
}
