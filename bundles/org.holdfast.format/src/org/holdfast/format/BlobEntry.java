package org.holdfast.format;

/**
 * A blob as the directory of its pack lists it: the unit of compression, encryption, collection and moving.
 *
 * @param offset where it starts in the pack
 * @param storedLength bytes in the pack, nonce and tag included
 * @param codec how it was compressed, see {@link BlobCodec}
 * @param epoch number of the key it is sealed under
 * @param rawLength bytes after decompression
 * @param types {@link ContentType} of each chunk
 * @param lengths length of each chunk in the raw blob, in order
 * @param ids ids of all chunks, {@link Id#SIZE} bytes each
 * @param refCounts number of references each chunk holds to others; all zero in data packs
 * @param refs all references in order, {@link Id#SIZE} bytes each
 */
public record BlobEntry(int offset, int storedLength, int codec, int epoch, int rawLength, byte[] types,
        int[] lengths, byte[] ids, int[] refCounts, byte[] refs) {
    /** Number of chunks. */
    public int chunks() {
        return lengths.length;
    }

    /** Where a chunk starts in the raw blob. */
    public int chunkOffset(int chunk) {
        int at = 0;
        for (int i = 0; i < chunk; i++) {
            at += lengths[i];
        }
        return at;
    }

    /** The same blob at another place. */
    public BlobEntry at(int newOffset) {
        return new BlobEntry(newOffset, storedLength, codec, epoch, rawLength, types, lengths, ids, refCounts, refs);
    }

    /** The same blob as the index has it: without references. */
    public BlobEntry withoutReferences() {
        return refs.length == 0 ? this
                : new BlobEntry(offset, storedLength, codec, epoch, rawLength, types, lengths, ids,
                        new int[refCounts.length], new byte[0]);
    }
}
