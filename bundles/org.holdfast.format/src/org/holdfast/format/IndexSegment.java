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
        var builder = new Builder();
        packs.forEach(builder::add);
        return builder.seal(replaces, domainId, keeper);
    }

    /** Gathers packs for a segment as the bytes they will take, which is the least that has to be kept of them. */
    public static final class Builder {
        /** Room for the number of packs. */
        private static final int PREFIX = 5;

        private final ByteWriter body = new ByteWriter(16 * 1024).raw(new byte[PREFIX]);
        private int packs;

        /** Adds a pack; references in its directory are left out. */
        public void add(Pack pack) {
            PackDirectory directory = pack.directory();
            begin(pack.name(), directory.kind(), pack.bytes(), directory.blobs().size());
            for (BlobEntry blob : directory.blobs()) {
                PackDirectory.encodeBlob(directory.kind(), blob, body, false);
            }
        }

        /**
         * Adds a pack whose directory has just been written.
         *
         * @param bytes size of the pack
         */
        public void add(Id name, long bytes, PackDirectory.Builder directory) {
            begin(name, directory.kind(), bytes, directory.blobs());
            directory.encodeBrief(body);
        }

        private void begin(Id name, PackKind kind, long bytes, int blobs) {
            body.raw(name.bytes()).u8(kind.code()).varint(bytes).varint(blobs);
            packs++;
        }

        /** Number of packs added. */
        public int packs() {
            return packs;
        }

        /** About how many bytes the segment has. */
        public int length() {
            return body.length();
        }

        /** Bytes of memory kept for them. */
        public int heldBytes() {
            return body.array().length;
        }

        /** Forgets the packs. */
        public void clear() {
            body.truncate(PREFIX);
            packs = 0;
        }

        /**
         * The bytes to store.
         *
         * @param replaces segments the new one takes the place of
         */
        public byte[] seal(List<Id> replaces, byte[] domainId, Xaes256Gcm keeper) {
            int end = body.length();
            int start = body.varintBefore(PREFIX, packs);
            body.varint(replaces.size());
            replaces.forEach(id -> body.raw(id.bytes()));
            int length = body.length() - start;
            body.truncate(end);
            if (length > MAX_BYTES - HEADER_BYTES - Xaes256Gcm.OVERHEAD) {
                throw new IllegalArgumentException("An index segment of " + length + " bytes cannot be read");
            }
            byte[] header = header(domainId);
            var out = new byte[HEADER_BYTES + length + Xaes256Gcm.OVERHEAD];
            System.arraycopy(header, 0, out, 0, HEADER_BYTES);
            keeper.seal(body.array(), start, length, header, 0, HEADER_BYTES, out, HEADER_BYTES);
            return out;
        }
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
