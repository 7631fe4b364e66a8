package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.util.Arrays;

import org.holdfast.format.ContentType;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/** Reads directory pages and segment lists by their ids, touching metadata packs only. One thread at a time. */
public final class MetaReader implements AutoCloseable {
    private static final long BLOB_BUDGET = 8L << 20;

    private final ChunkIndex index;
    private final BlobReader blobs;
    private final PackDirectories directories;
    private final byte[] check = new byte[Id.SIZE];

    /**
     * A list of segments with the ids of its chunks.
     *
     * @param segments the segments
     * @param refs ids of the chunks, {@link Id#SIZE} bytes each
     */
    public record ListChunk(Segments segments, byte[] refs) {
    }

    /** @param index where chunks are */
    public MetaReader(Vault vault, ChunkIndex index) {
        this.index = index;
        this.blobs = new BlobReader(vault, index, BLOB_BUDGET);
        this.directories = new PackDirectories(vault, index);
    }

    /** The index this reads by. */
    public ChunkIndex index() {
        return index;
    }

    /** Reads a page. */
    public Page page(byte[] id) throws IOException {
        return read(id, ContentType.PAGE, (raw, at, length, refs) -> Page.parse(raw, at, length, refs));
    }

    /**
     * Reads a page of a directory and checks that it is the one the directory means.
     *
     * @param number which of its pages
     */
    public Page page(DirectoryBody directory, int number) throws IOException {
        Page page = page(directory.pages().get(number).id());
        directory.check(number, page);
        return page;
    }

    /** Reads a list of segments. */
    public ListChunk list(byte[] id, int at) throws IOException {
        return read(Arrays.copyOfRange(id, at, at + Id.SIZE), ContentType.LIST, (raw, offset, length, refs) -> {
            Segments segments = Segments.parseList(raw, offset, length);
            if (segments.chunks() * Id.SIZE != refs.length) {
                throw new FormatException("The segment list is damaged: it has the wrong number of references.");
            }
            return new ListChunk(segments, refs);
        });
    }

    private interface Parser<T> {
        T parse(byte[] raw, int at, int length, byte[] refs);
    }

    private <T> T read(byte[] id, byte type, Parser<T> parser) throws IOException {
        int chunk = index.find(id, 0);
        if (chunk < 0) {
            throw new FormatException("The metadata chunk " + new Id(id) + " is missing from the vault.");
        }
        BlobRef ref = index.locate(chunk);
        byte[] raw = blobs.blob(ref.blob());
        byte[] refs = directories.references(ref);
        MetaWriter.metaId(blobs.hasher(), type, raw, ref.offset(), ref.length(), refs, 0, refs.length, check);
        if (!Arrays.equals(check, id)) {
            throw new FormatException("The metadata chunk " + new Id(id) + " is damaged: its content does not match.");
        }
        return parser.parse(raw, ref.offset(), ref.length(), refs);
    }

    @Override
    public void close() {
        blobs.close();
        directories.close();
    }
}
