package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.util.Arrays;

import org.holdfast.format.BlobCodec;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.Chunker;
import org.holdfast.format.Id;
import org.holdfast.format.PackKind;

/**
 * Gathers new chunks until they make a blob worth compressing, then stores it. Buffers are reused, so a chunk costs a
 * copy and no allocation. One thread at a time.
 */
public final class BlobBuilder implements AutoCloseable {
    private static final byte[] NO_REFS = new byte[0];

    private final PackKind kind;
    private final BlobCodec codec;
    private final PackWriter packs;
    private final int target;
    private final int level;
    private byte[] raw;
    private byte[] sealed = new byte[0];
    private int length;
    private int chunks;
    private byte[] ids = new byte[16 * Id.SIZE];
    private int[] lengths = new int[16];
    private byte[] types = new byte[16];
    private int[] refCounts = new int[16];
    private byte[] refs = NO_REFS;
    private int refBytes;

    /**
     * @param target raw size from which a blob is closed
     * @param level zstd level
     */
    public BlobBuilder(PackKind kind, BlobCodec codec, PackWriter packs, int target, int level) {
        this.kind = kind;
        this.codec = codec;
        this.packs = packs;
        this.target = target;
        this.level = level;
        this.raw = new byte[Math.min(target * 2, target + Chunker.MAX)];
    }

    /** Adds a chunk that is not in the vault yet. */
    public void add(byte type, byte[] id, int idAt, byte[] data, int from, int count, byte[] references,
            int referenceBytes) throws IOException {
        if (length > 0 && length + count > 2 * target) {
            flush();
        }
        if (raw.length < length + count) {
            raw = Arrays.copyOf(raw, length + count);
        }
        if (chunks == lengths.length) {
            int n = chunks * 2;
            ids = Arrays.copyOf(ids, n * Id.SIZE);
            lengths = Arrays.copyOf(lengths, n);
            types = Arrays.copyOf(types, n);
            refCounts = Arrays.copyOf(refCounts, n);
        }
        System.arraycopy(data, from, raw, length, count);
        System.arraycopy(id, idAt, ids, chunks * Id.SIZE, Id.SIZE);
        if (referenceBytes > 0) {
            if (refs.length < refBytes + referenceBytes) {
                refs = Arrays.copyOf(refs, Math.max(refs.length * 2, refBytes + referenceBytes));
            }
            System.arraycopy(references, 0, refs, refBytes, referenceBytes);
            refBytes += referenceBytes;
        }
        lengths[chunks] = count;
        types[chunks] = type;
        refCounts[chunks] = referenceBytes / Id.SIZE;
        length += count;
        chunks++;
        if (length >= target) {
            flush();
        }
    }

    /** Stores what has been gathered. */
    public void flush() throws IOException {
        if (chunks == 0) {
            return;
        }
        int bound = BlobCodec.bound(length);
        if (sealed.length < bound) {
            sealed = new byte[bound];
        }
        BlobCodec.Stored stored = codec.encode(kind, level, raw, length, ids, 0, sealed);
        packs.append(sealed, stored.length(),
                new BlobEntry(0, stored.length(), stored.codec(), stored.epoch(), length, Arrays.copyOf(types, chunks),
                        Arrays.copyOf(lengths, chunks), Arrays.copyOf(ids, chunks * Id.SIZE),
                        Arrays.copyOf(refCounts, chunks), refBytes == 0 ? NO_REFS : Arrays.copyOf(refs, refBytes)));
        length = 0;
        chunks = 0;
        refBytes = 0;
    }

    /** Stores what has been gathered and makes the open pack durable. */
    public void finish() throws IOException {
        flush();
        packs.flush();
    }

    @Override
    public void close() throws IOException {
        packs.close();
        codec.close();
    }
}
