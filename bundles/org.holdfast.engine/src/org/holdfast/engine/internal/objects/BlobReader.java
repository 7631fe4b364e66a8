package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.holdfast.crypto.ContentHasher;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackKind;

/**
 * Reads blobs and keeps the last few decoded, because neighbours in a tree are neighbours in blobs. One instance per
 * thread.
 */
public final class BlobReader implements AutoCloseable {
    private final Vault vault;
    private final ChunkIndex index;
    private final BlobCodec codec;
    private final ContentHasher hasher;
    private final long budget;
    private final LinkedHashMap<Integer, byte[]> cache = new LinkedHashMap<>(32, 0.75f, true);
    private long cached;
    private byte[] sealed = new byte[0];
    private final byte[] check = new byte[Id.SIZE];

    /** @param budget bytes of decoded blobs to keep */
    public BlobReader(Vault vault, ChunkIndex index, long budget) {
        this.vault = vault;
        this.index = index;
        this.codec = new BlobCodec(vault.keys());
        this.hasher = new ContentHasher(vault.keys().contentIdKey());
        this.budget = budget;
    }

    /** The raw bytes of a blob; valid for reading only. */
    public byte[] blob(int blob) throws IOException {
        byte[] raw = cache.get(blob);
        if (raw == null) {
            raw = new byte[index.blobRaw(blob)];
            read(blob, raw);
            cache.put(blob, raw);
            cached += raw.length;
            var it = cache.entrySet().iterator();
            while (cached > budget && cache.size() > 1) {
                Map.Entry<Integer, byte[]> eldest = it.next();
                cached -= eldest.getValue().length;
                it.remove();
            }
        }
        return raw;
    }

    /**
     * Reads a blob past what is kept.
     *
     * @param raw room for the raw bytes, from 0
     */
    public void read(int blob, byte[] raw) throws IOException {
        int pack = index.packOf(blob);
        PackKind kind = index.packKind(pack);
        String name = kind.objectName(index.packName(pack));
        int stored = index.blobStored(blob);
        if (sealed.length < stored) {
            sealed = new byte[stored + stored / 4];
        }
        int n = vault.store().read(name, index.blobOffset(blob), sealed, 0, stored);
        if (n != stored) {
            throw new FormatException("The pack " + name + " is damaged: it ends too early.");
        }
        try {
            codec.decode(kind, index.blobCodec(blob), index.blobEpoch(blob), index.blobRaw(blob), index.blobFirstIds(),
                    blob * Id.SIZE, sealed, 0, stored, raw);
        } catch (FormatException e) {
            throw new FormatException("The pack " + name + " is damaged at byte " + index.blobOffset(blob) + ". "
                    + e.getMessage(), e);
        }
    }

    /**
     * Checks a data chunk against its id.
     *
     * @throws FormatException when it is not what the id says
     */
    public void check(byte type, byte[] raw, int offset, int length, byte[] id, int idAt) {
        hasher.hash(type, raw, offset, length, check, 0);
        if (!java.util.Arrays.equals(check, 0, Id.SIZE, id, idAt, idAt + Id.SIZE)) {
            throw new FormatException("A chunk is damaged: its content does not match its id.");
        }
    }

    ContentHasher hasher() {
        return hasher;
    }

    @Override
    public void close() {
        codec.close();
        hasher.close();
        cache.clear();
    }
}
