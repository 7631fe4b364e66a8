package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackFormat;
import org.holdfast.format.PackKind;

/** Directories of packs, read from the packs; those used last are kept. Needs no tenant key. One thread at a time. */
public final class PackDirectories implements AutoCloseable {
    /** Bytes of directories to keep; the one used last is kept whatever its size. */
    private static final long BUDGET = 8L << 20;
    private static final int PER_BLOB = 250;
    private static final int PER_CHUNK = Id.SIZE + 9;

    private final Vault vault;
    private final ChunkIndex index;
    private final Xaes256Gcm keeper;
    private final LinkedHashMap<Integer, Directory> directories = new LinkedHashMap<>(16, 0.75f, true);
    private long kept;

    /** A directory, which blob starts where, and about how much memory that takes. */
    private record Directory(PackDirectory pack, Map<Integer, Integer> blobAt, long bytes) {
    }

    /** @param index by which chunks are found */
    public PackDirectories(Vault vault, ChunkIndex index) {
        this.vault = vault;
        this.index = index;
        this.keeper = vault.keeperCipher();
    }

    /** The ids a chunk of a metadata pack refers to, {@link Id#SIZE} bytes each. */
    public byte[] references(BlobRef ref) throws IOException {
        Directory directory = directories.get(ref.pack());
        if (directory == null) {
            directory = load(ref.pack());
            directories.put(ref.pack(), directory);
            kept += directory.bytes();
            dropOldest();
        }
        Integer at = directory.blobAt().get(index.blobOffset(ref.blob()));
        if (at == null || ref.chunk() >= directory.pack().blobs().get(at).chunks()) {
            throw new FormatException("The index does not match the directory of the pack "
                    + index.packName(ref.pack()).hex() + ".");
        }
        BlobEntry blob = directory.pack().blobs().get(at);
        int from = 0;
        for (int i = 0; i < ref.chunk(); i++) {
            from += blob.refCounts()[i];
        }
        return Arrays.copyOfRange(blob.refs(), from * Id.SIZE, (from + blob.refCounts()[ref.chunk()]) * Id.SIZE);
    }

    private void dropOldest() {
        var eldest = directories.values().iterator();
        while (kept > BUDGET && directories.size() > 1) {
            kept -= eldest.next().bytes();
            eldest.remove();
        }
    }

    private Directory load(int pack) throws IOException {
        PackDirectory read = read(vault, keeper, index.packKind(pack), index.packName(pack), index.packBytes(pack));
        Map<Integer, Integer> at = new HashMap<>();
        long bytes = 0;
        for (int i = 0; i < read.blobs().size(); i++) {
            BlobEntry blob = read.blobs().get(i);
            at.put(blob.offset(), i);
            bytes += PER_BLOB + blob.refs().length + (long) blob.chunks() * PER_CHUNK;
        }
        return new Directory(read, at, bytes);
    }

    /** Reads the directory of a pack. */
    public static PackDirectory read(Vault vault, Xaes256Gcm keeper, PackKind kind, Id name, long bytes)
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
        keeper.close();
        directories.clear();
        kept = 0;
    }
}
