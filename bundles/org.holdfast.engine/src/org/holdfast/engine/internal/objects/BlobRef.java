package org.holdfast.engine.internal.objects;

/**
 * Where a chunk is.
 *
 * @param pack number of the pack in the index
 * @param blob number of the blob in the index
 * @param chunk number of the chunk in its blob
 * @param offset where it starts in the raw blob
 * @param length its length in bytes
 */
public record BlobRef(int pack, int blob, int chunk, int offset, int length) {
}
