package org.holdfast.engine.internal.restore;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.engine.internal.objects.BlobReader;
import org.holdfast.engine.internal.objects.BlobRef;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.ContentType;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;

/** Hands out chunks, each checked against its id before anybody sees it. One per worker. */
final class ChunkSource implements AutoCloseable {
    private final ChunkIndex index;
    private final BlobCache cache;
    private final BlobReader reader;
    private BlobCache.@Nullable Blob current;
    private int offset;

    ChunkSource(Vault vault, ChunkIndex index, BlobCache cache) {
        this.index = index;
        this.cache = cache;
        this.reader = new BlobReader(vault, index, 0);
    }

    /**
     * Finds a chunk; it is then in {@link #bytes()} from {@link #offset()} until the next call.
     *
     * @param length length it must have
     * @return the bytes
     * @throws UnreadableException when it is missing, damaged or of another length
     */
    byte[] load(byte[] ids, int at, long length) throws UnreadableException {
        int chunk = index.find(ids, at);
        if (chunk < 0) {
            throw new UnreadableException("The chunk " + Id.at(ids, at) + " is missing from the vault.");
        }
        BlobRef ref = index.locate(chunk);
        if (ref.length() != length) {
            throw new UnreadableException("The chunk " + Id.at(ids, at) + " is damaged: it has " + ref.length()
                    + " bytes instead of " + length + ".");
        }
        BlobCache.Blob blob = current;
        if (blob == null || blob.number() != ref.blob()) {
            release();
            blob = cache.acquire(ref.blob(), index.blobRaw(ref.blob()), reader::read);
            current = blob;
        }
        try {
            reader.check(ContentType.DATA, blob.raw(), ref.offset(), ref.length(), ids, at);
        } catch (FormatException e) {
            throw UnreadableException.of(e);
        }
        offset = ref.offset();
        return blob.raw();
    }

    /** Where the chunk starts that was loaded last. */
    int offset() {
        return offset;
    }

    /** Whether bytes have an id. */
    boolean matches(byte[] bytes, int length, byte[] ids, int at) {
        try {
            reader.check(ContentType.DATA, bytes, 0, length, ids, at);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    /** Lets go of the last blob; before waiting for more work. */
    void release() {
        if (current != null) {
            cache.release(current);
            current = null;
        }
    }

    @Override
    public void close() {
        release();
        reader.close();
    }
}
