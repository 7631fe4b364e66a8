package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.ContentType;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackFormat;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/** Reads directory pages and segment lists by their ids, touching metadata packs only. One thread at a time. */
public final class MetaReader implements AutoCloseable {
    private static final long BLOB_BUDGET = 8L << 20;
    private static final int DIRECTORIES = 6;

    private final Vault vault;
    private final ChunkIndex index;
    private final BlobReader blobs;
    private final Xaes256Gcm keeper;
    private final byte[] check = new byte[Id.SIZE];
    private final LinkedHashMap<Integer, Directory> directories = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Directory> eldest) {
            return size() > DIRECTORIES;
        }
    };

    /** The directory of a pack with the references, and where each blob of the pack starts in the index. */
    private record Directory(PackDirectory pack, Map<Integer, Integer> blobAt) {
    }

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
        this.vault = vault;
        this.index = index;
        this.blobs = new BlobReader(vault, index, BLOB_BUDGET);
        this.keeper = vault.keeperCipher();
    }

    /** The index this reads by. */
    public ChunkIndex index() {
        return index;
    }

    /** Reads a page. */
    public Page page(byte[] id) throws IOException {
        return read(id, ContentType.PAGE, (raw, at, length, refs) -> Page.parse(raw, at, length, refs));
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
        byte[] refs = references(ref);
        MetaWriter.metaId(blobs.hasher(), type, raw, ref.offset(), ref.length(), refs, 0, refs.length, check);
        if (!Arrays.equals(check, id)) {
            throw new FormatException("The metadata chunk " + new Id(id) + " is damaged: its content does not match.");
        }
        return parser.parse(raw, ref.offset(), ref.length(), refs);
    }

    private byte[] references(BlobRef ref) throws IOException {
        Directory directory = directories.get(ref.pack());
        if (directory == null) {
            directory = readDirectory(ref.pack());
            directories.put(ref.pack(), directory);
        }
        Integer at = directory.blobAt().get(index.blobOffset(ref.blob()));
        if (at == null) {
            throw new FormatException("The index does not match the directory of its pack.");
        }
        BlobEntry blob = directory.pack().blobs().get(at);
        if (ref.chunk() >= blob.chunks()) {
            throw new FormatException("The index does not match the directory of its pack.");
        }
        int from = 0;
        for (int i = 0; i < ref.chunk(); i++) {
            from += blob.refCounts()[i];
        }
        return Arrays.copyOfRange(blob.refs(), from * Id.SIZE, (from + blob.refCounts()[ref.chunk()]) * Id.SIZE);
    }

    private Directory readDirectory(int pack) throws IOException {
        PackDirectory read = readDirectory(vault, keeper, index.packKind(pack), index.packName(pack),
                index.packBytes(pack));
        Map<Integer, Integer> at = new java.util.HashMap<>();
        for (int i = 0; i < read.blobs().size(); i++) {
            at.put(read.blobs().get(i).offset(), i);
        }
        return new Directory(read, at);
    }

    /** Reads the directory of a pack from the pack itself. */
    public static PackDirectory readDirectory(Vault vault, Xaes256Gcm keeper, PackKind kind, Id name, long bytes)
            throws IOException {
        String object = kind.objectName(name);
        var trailer = new byte[PackFormat.TRAILER_BYTES];
        if (bytes < PackFormat.HEADER_BYTES + PackFormat.TRAILER_BYTES || vault.store().read(object,
                bytes - trailer.length, trailer, 0, trailer.length) != trailer.length) {
            throw new FormatException("The pack " + object + " is damaged: it is too short.");
        }
        int length = PackFormat.directoryLength(trailer, bytes);
        var sealed = new byte[length];
        if (vault.store().read(object, bytes - trailer.length - length, sealed, 0, length) != length) {
            throw new FormatException("The pack " + object + " is damaged: it is too short.");
        }
        return PackFormat.open(sealed, kind, vault.domainId(), keeper);
    }

    @Override
    public void close() {
        blobs.close();
        keeper.close();
    }
}
