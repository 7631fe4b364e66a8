package org.holdfast.format;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.Xaes256Gcm;

/**
 * Part of the index: the directories of some packs without the references, so that a chunk can be found without
 * opening packs. A segment can always be made again from its packs.
 *
 * @param packs packs it describes
 * @param replaces segments it takes the place of
 */
public record IndexSegment(List<Pack> packs, List<Id> replaces) {
    /** Largest segment accepted. */
    public static final int MAX_BYTES = 64 << 20;
    private static final int MAGIC = 0x48464958; // HFIX
    private static final int HEADER_BYTES = Header.BYTES;

    /**
     * A pack in the index.
     *
     * @param name its name
     * @param bytes its size
     * @param directory its directory, without references
     */
    public record Pack(Id name, long bytes, PackDirectory directory) {
    }

    private static byte[] header(byte[] domainId) {
        return Header.of(MAGIC, 0, domainId);
    }

    /** The bytes to store; the name is {@code index/} and the SHA-256 of them. */
    public byte[] seal(byte[] domainId, Xaes256Gcm keeper) {
        var plain = new ByteWriter(64 * 1024);
        plain.varint(packs.size());
        for (Pack pack : packs) {
            plain.raw(pack.name().bytes()).u8(pack.directory().kind().code()).varint(pack.bytes())
                    .varint(pack.directory().blobs().size());
            for (BlobEntry blob : pack.directory().blobs()) {
                PackDirectory.encodeBlob(pack.directory().kind(), blob, plain, false);
            }
        }
        plain.varint(replaces.size());
        replaces.forEach(id -> plain.raw(id.bytes()));
        if (plain.length() > MAX_BYTES - HEADER_BYTES - Xaes256Gcm.OVERHEAD) {
            throw new IllegalArgumentException("An index segment of " + plain.length() + " bytes cannot be read");
        }
        byte[] header = header(domainId);
        var out = new byte[HEADER_BYTES + plain.length() + Xaes256Gcm.OVERHEAD];
        System.arraycopy(header, 0, out, 0, HEADER_BYTES);
        keeper.seal(plain.array(), 0, plain.length(), header, 0, HEADER_BYTES, out, HEADER_BYTES);
        return out;
    }

    /** Opens the bytes of a segment. */
    public static IndexSegment open(byte[] stored, byte[] domainId, Xaes256Gcm keeper) {
        var head = new ByteReader("The index segment", stored);
        if (Header.parse(head, "The index segment", MAGIC, domainId) != 0) {
            throw head.damaged("its header is wrong");
        }
        byte[] header = header(domainId);
        byte[] plain;
        try {
            plain = new byte[Math.max(0, stored.length - HEADER_BYTES - Xaes256Gcm.OVERHEAD)];
            keeper.open(stored, HEADER_BYTES, stored.length - HEADER_BYTES, header, 0, HEADER_BYTES, plain, 0);
        } catch (CryptoException | IndexOutOfBoundsException e) {
            throw new FormatException("The index segment is damaged: it does not authenticate.", e);
        }
        return parse(new ByteReader("The index segment", plain));
    }

    static IndexSegment parse(ByteReader in) {
        int count = in.count(Id.SIZE + 3, "packs");
        var packs = new ArrayList<Pack>(count);
        for (int i = 0; i < count; i++) {
            var name = new Id(in.raw(Id.SIZE));
            PackKind kind = PackKind.of(in.u8(), in);
            int bytes = in.varint(PackFormat.HEADER_BYTES, PackFormat.MAX_BYTES, "the size of a pack");
            int blobs = in.count(38, "blobs");
            var entries = new ArrayList<BlobEntry>(blobs);
            long offset = PackFormat.HEADER_BYTES;
            for (int b = 0; b < blobs; b++) {
                BlobEntry blob = PackDirectory.parseBlob(kind, in, (int) offset, false);
                offset += blob.storedLength();
                if (offset > bytes) {
                    throw in.damaged("the blobs are longer than their pack");
                }
                entries.add(blob);
            }
            packs.add(new Pack(name, bytes, new PackDirectory(kind, entries)));
        }
        int replaced = in.count(Id.SIZE, "replaced segments");
        var replaces = new ArrayList<Id>(replaced);
        for (int i = 0; i < replaced; i++) {
            replaces.add(new Id(in.raw(Id.SIZE)));
        }
        in.end();
        return new IndexSegment(packs, replaces);
    }
}
