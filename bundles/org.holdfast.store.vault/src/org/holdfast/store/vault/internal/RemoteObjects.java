package org.holdfast.store.vault.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.api.spi.store.remote.ReadAhead;
import org.holdfast.api.spi.store.remote.Spool;
import org.holdfast.api.spi.store.remote.SpoolMemory;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.Download;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreSettings;

/** Bytes to and from the vault, with what is kept on this side. Thread-safe. */
public final class RemoteObjects implements AutoCloseable {
    private static final Pattern IMMUTABLE = Pattern.compile("(data|meta)/[0-9a-f]{64}");
    private static final int UNSATISFIABLE = 416;

    private final VaultClient client;
    private final Place place;
    private final RemoteSession session;
    private final VaultStoreSettings settings;
    private final Path spool;
    private final SpoolMemory memory;
    private final Transfers transfers;
    private final ReadAhead windows;
    private final ObjectCache cache;
    private final DirectRoute direct;

    /** Makes no connection yet. */
    public RemoteObjects(VaultClient client, Place place, RemoteSession session, VaultStoreSettings settings) {
        this.client = client;
        this.place = place;
        this.session = session;
        this.settings = settings;
        this.spool = settings.folder().resolve("spool");
        String whose = switch (place) {
            case Place.Own own -> "objects";
            case Place.Other other -> "objects-" + other.server();
            case Place.OfServer of -> "objects-" + of.server();
        };
        this.memory = new SpoolMemory(settings.sendAhead());
        this.transfers = new Transfers(settings.parallel(), settings.waiting());
        this.windows = new ReadAhead(this::fetch, settings.readAhead());
        this.direct = new DirectRoute(client, place, session, settings);
        this.cache = new ObjectCache(settings.folder().resolve(whose), settings.cacheBytes());
    }

    /** Stores an object; false when there is one of that name. */
    public boolean put(String name, Body body) {
        return client.exchange(session.in(Call.put(place.object(name), body)), answer -> {
            answer.stream().readAllBytes();
            return answer.status() == 201;
        });
    }

    /** Begins an object. */
    public Upload begin() {
        return new SpooledUpload();
    }

    private final class SpooledUpload implements Upload {
        private final Spool bytes = new Spool(spool, memory);
        private boolean ended;
        private boolean handedOver;

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (ended) {
                throw new IllegalStateException("The upload has ended");
            }
            bytes.write(from, offset, length);
        }

        @Override
        public long length() {
            return bytes.length();
        }

        private void end(String name) {
            if (ended) {
                throw new IllegalStateException("The upload has ended");
            }
            ObjectNames.require(name);
            ended = true;
        }

        private boolean send(String name) throws IOException {
            var body = new Body.Stream(() -> new PacedStream(bytes.open(), settings.sending()), bytes.length());
            try {
                Boolean made = bytes.length() > 0 && IMMUTABLE.matcher(name).matches()
                        ? direct.put(name, body, bytes::open)
                        : null;
                return made == null ? put(name, body) : made;
            } catch (HoldfastException e) {
                throw Errors.of(name, e);
            }
        }

        @Override
        public boolean commit(String name) throws IOException {
            end(name);
            return send(name);
        }

        @Override
        public Commit commitLater(String name) throws IOException {
            end(name);
            handedOver = true;
            return transfers.add(new Transfers.Work() {
                @Override
                public boolean send() throws IOException {
                    return SpooledUpload.this.send(name);
                }

                @Override
                public void done() {
                    try {
                        bytes.close();
                    } catch (IOException e) {
                        // The file has no name any more; what it takes goes with the process.
                        return;
                    }
                }
            });
        }

        @Override
        public void close() throws IOException {
            ended = true;
            if (!handedOver) {
                bytes.close();
            }
        }
    }

    /** Reads part of an object. */
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        if (length == 0 || position > Long.MAX_VALUE - (64 << 20)) {
            if (client.exchange(Call.head(place.object(name)), Download::status) == 404) {
                throw new java.nio.file.NoSuchFileException(name);
            }
            return 0;
        }
        if (IMMUTABLE.matcher(name).matches()) {
            return windows.read(name, position, into, offset, length);
        }
        byte[][] bytes = { new byte[length] };
        int got = fetch(name, position, bytes);
        System.arraycopy(bytes[0], 0, into, offset, got);
        return got;
    }

    private int fetch(String name, long from, byte[][] into) throws IOException {
        int length = 0;
        for (byte[] part : into) {
            length += part.length;
        }
        int most = length;
        if (IMMUTABLE.matcher(name).matches()) {
            int got = directly(name, from, into, most);
            if (got >= 0) {
                return got;
            }
        }
        String range = "bytes=" + from + "-" + (from + most - 1);
        try {
            return client.exchange(Call.get(place.object(name)).header("Range", range),
                    answer -> DirectRoute.scatter(answer, into, most, settings));
        } catch (RemoteException e) {
            if (e.status() == UNSATISFIABLE) {
                return 0;
            }
            throw Errors.of(name, e);
        } catch (HoldfastException e) {
            throw Errors.of(name, e);
        }
    }

    private int directly(String name, long from, byte[][] into, int most) throws IOException {
        try {
            return direct.fetch(name, from, into, most);
        } catch (HoldfastException e) {
            throw Errors.of(name, e);
        }
    }

    /** Reads a whole object. */
    public byte[] get(String name, int limit) throws IOException {
        boolean kept = cache.keeps(name);
        if (kept) {
            byte[] known = cache.get(name, limit);
            if (known != null) {
                return known;
            }
        }
        byte[] bytes = client.exchange(Call.get(place.object(name)), answer -> {
            if (answer.length() > limit) {
                return null;
            }
            byte[] read = new PacedStream(answer.stream(), settings.receiving())
                    .readNBytes(limit < Integer.MAX_VALUE ? limit + 1 : limit);
            if (answer.length() >= 0 && read.length < answer.length()) {
                throw new IOException("The answer ended early.");
            }
            return read;
        });
        if (bytes == null || bytes.length > limit) {
            throw new IOException("The object " + name + " is larger than " + limit + " bytes.");
        }
        if (kept) {
            cache.put(name, bytes);
        }
        return bytes;
    }

    /** Forgets an object. */
    public void drop(String name) {
        windows.drop(name);
        cache.drop(name);
    }

    /** Forgets objects of a kind that the vault does not have any more. */
    public void keepOnly(String prefix, Set<String> names) {
        if (settings.cacheBytes() > 0) {
            Set<String> files = new HashSet<>();
            names.forEach(name -> files.add(ObjectCache.fileName(name)));
            cache.keepOnly(prefix, files);
        }
    }

    @Override
    public void close() {
        transfers.close();
        memory.close();
        direct.close();
        if (settings.cacheBytes() > 0) {
            cache.trim();
        }
    }
}
