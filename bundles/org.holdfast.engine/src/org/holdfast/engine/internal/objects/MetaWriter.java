package org.holdfast.engine.internal.objects;

import java.io.IOException;

import org.holdfast.crypto.ContentHasher;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.ByteWriter;
import org.holdfast.format.ContentType;
import org.holdfast.format.Id;
import org.holdfast.format.PackKind;
import org.holdfast.format.PageBuilder;
import org.holdfast.format.Segments;

/** Stores directory pages and segment lists, unless the vault has them already. Thread-safe. */
public final class MetaWriter implements AutoCloseable {
    private static final int BLOB_TARGET = 128 * 1024;
    private static final int LEVEL = 3;

    private final KnownIds known;
    private final BlobBuilder blobs;
    private final ContentHasher hasher;
    private final ByteWriter raw = new ByteWriter(64 * 1024);
    private final ByteWriter refs = new ByteWriter(16 * 1024);

    /** @param known ids in the vault */
    public MetaWriter(Vault vault, KnownIds known, IndexWriter index) {
        this.known = known;
        this.hasher = new ContentHasher(vault.keys().contentIdKey());
        this.blobs = new BlobBuilder(PackKind.META, new BlobCodec(vault.keys()),
                new PackWriter(vault, PackKind.META, index), BLOB_TARGET, LEVEL);
    }

    /** Stores a page and returns its id. */
    public synchronized byte[] page(PageBuilder page) throws IOException {
        raw.clear();
        refs.clear();
        page.encode(raw, refs);
        return store(ContentType.PAGE);
    }

    /**
     * Stores a list of segments and returns its id.
     *
     * @param references ids of its chunks
     */
    public synchronized byte[] list(Segments segments, byte[] references, int referenceBytes) throws IOException {
        raw.clear();
        refs.clear();
        raw.raw(segments.encodeList());
        refs.raw(references, 0, referenceBytes);
        return store(ContentType.LIST);
    }

    private byte[] store(byte type) throws IOException {
        var id = new byte[Id.SIZE];
        metaId(hasher, type, raw.array(), 0, raw.length(), refs.array(), 0, refs.length(), id);
        if (known.claim(id, 0)) {
            blobs.add(type, id, 0, raw.array(), 0, raw.length(), refs.array(), refs.length());
        }
        return id;
    }

    /** The id of a page or list: type, number of references (32 bits), references, raw bytes. */
    public static void metaId(ContentHasher hasher, byte type, byte[] raw, int at, int length, byte[] refs, int refAt,
            int refBytes, byte[] out) {
        int n = refBytes / Id.SIZE;
        hasher.begin(type);
        hasher.update(new byte[] { (byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n }, 0, 4);
        hasher.update(refs, refAt, refBytes);
        hasher.update(raw, at, length);
        hasher.finish(out, 0);
    }

    /** Makes everything durable. */
    public synchronized void finish() throws IOException {
        blobs.finish();
    }

    @Override
    public synchronized void close() throws IOException {
        hasher.close();
        blobs.close();
    }
}
