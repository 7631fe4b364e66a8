package org.holdfast.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The directory of a pack: what blobs are in it, what chunks are in those, and, in metadata packs, what each chunk
 * refers to. It is sealed to the keeper's key, not to the content keys, so whoever keeps the vault can scrub,
 * collect and move blobs without being able to read any.
 *
 * @param kind kind of the pack
 * @param blobs blobs in the order they stand in the pack
 */
public record PackDirectory(PackKind kind, List<BlobEntry> blobs) {
    /** Largest directory accepted, sealed or not. */
    public static final int MAX_BYTES = 64 << 20;
    /** Largest raw blob accepted. */
    public static final int MAX_RAW = 64 << 20;
    private static final byte[] NO_REFS = new byte[0];

    /** Appends the encoded directory. */
    public void encode(ByteWriter out) {
        out.varint(blobs.size());
        for (BlobEntry blob : blobs) {
            encodeBlob(kind, blob, out, true);
        }
    }

    /** The same directory as the index has it. */
    public PackDirectory withoutReferences() {
        return new PackDirectory(kind, blobs.stream().map(BlobEntry::withoutReferences).toList());
    }

    /** Gathers blobs for a directory as the bytes they will take, which is the least that has to be kept of them. */
    public static final class Builder {
        /** Room for the number of blobs. */
        private static final int PREFIX = 5;

        private final PackKind kind;
        private final ByteWriter full = new ByteWriter(4096).raw(new byte[PREFIX]);
        /** As the index has them: without references, so only metadata packs need it apart. */
        private final ByteWriter brief;
        private int blobs;

        /** @param kind kind of the pack */
        public Builder(PackKind kind) {
            this.kind = kind;
            this.brief = kind == PackKind.META ? new ByteWriter(4096).raw(new byte[PREFIX]) : full;
        }

        /** Adds the next blob; its offset is that of the end of the one before. */
        public void add(BlobEntry blob) {
            encodeBlob(kind, blob, full, true);
            if (brief != full) {
                encodeBlob(kind, blob, brief, false);
            }
            blobs++;
        }

        /** Kind of the pack. */
        public PackKind kind() {
            return kind;
        }

        /** Number of blobs added. */
        public int blobs() {
            return blobs;
        }

        /** Bytes of memory kept for them. */
        public int heldBytes() {
            return full.array().length + (brief == full ? 0 : brief.array().length);
        }

        /** Writes the blobs as the index has them. */
        void encodeBrief(ByteWriter out) {
            out.raw(brief.array(), PREFIX, brief.length() - PREFIX);
        }

        /** About how many bytes the directory has, without the seal around. */
        public int length() {
            return full.length();
        }

        /** Where the directory starts in {@link #bytes()}; it ends at {@link #length()}. */
        int start() {
            return full.varintBefore(PREFIX, blobs);
        }

        byte[] bytes() {
            return full.array();
        }

        /** Forgets the blobs. */
        public void clear() {
            full.truncate(PREFIX);
            brief.truncate(PREFIX);
            blobs = 0;
        }
    }

    static void encodeBlob(PackKind kind, BlobEntry blob, ByteWriter out, boolean withRefs) {
        out.varint(blob.storedLength()).u8(blob.codec()).varint(Integer.toUnsignedLong(blob.epoch()))
                .varint(blob.rawLength()).varint(blob.chunks());
        int ref = 0;
        for (int i = 0; i < blob.chunks(); i++) {
            out.raw(blob.ids(), i * Id.SIZE, Id.SIZE).varint(blob.lengths()[i]);
            if (kind == PackKind.META) {
                out.u8(blob.types()[i]);
                if (withRefs) {
                    int refs = blob.refCounts()[i];
                    out.varint(refs).raw(blob.refs(), ref, refs * Id.SIZE);
                    ref += refs * Id.SIZE;
                }
            }
        }
    }

    /** Parses a whole directory. */
    public static PackDirectory parse(PackKind kind, ByteReader in) {
        int count = in.count(38, "blobs");
        var blobs = new ArrayList<BlobEntry>(count);
        long offset = PackFormat.HEADER_BYTES;
        for (int b = 0; b < count; b++) {
            BlobEntry blob = parseBlob(kind, in, (int) offset, true);
            offset += blob.storedLength();
            if (offset > PackFormat.MAX_BYTES) {
                throw in.damaged("the blobs are longer than a pack can be");
            }
            blobs.add(blob);
        }
        in.end();
        return new PackDirectory(kind, blobs);
    }

    static BlobEntry parseBlob(PackKind kind, ByteReader in, int offset, boolean withRefs) {
        int stored = in.varint(BlobCodec.SEAL_BYTES, MAX_RAW + (1 << 20), "the stored length of a blob");
        int codec = in.u8();
        if (codec > BlobCodec.ZSTD) {
            throw in.damaged("there is no codec " + codec);
        }
        long epoch = in.varint();
        if (epoch >>> 32 != 0) {
            throw in.damaged("there is no key epoch " + Long.toUnsignedString(epoch));
        }
        int raw = in.varint(0, MAX_RAW, "the raw length of a blob");
        int chunks = in.count(Id.SIZE + 1, "chunks");
        if (chunks == 0) {
            throw in.damaged("a blob has no chunks");
        }
        var types = new byte[chunks];
        var lengths = new int[chunks];
        var ids = new byte[chunks * Id.SIZE];
        var refCounts = new int[chunks];
        ByteWriter refs = null;
        int sum = 0;
        for (int i = 0; i < chunks; i++) {
            System.arraycopy(in.array(), in.skip(Id.SIZE), ids, i * Id.SIZE, Id.SIZE);
            lengths[i] = in.varint(0, raw - sum, "the length of a chunk");
            sum += lengths[i];
            types[i] = ContentType.DATA;
            if (kind == PackKind.META) {
                types[i] = (byte) in.u8();
                if (withRefs) {
                    refCounts[i] = in.count(Id.SIZE, "references");
                    if (refCounts[i] > 0) {
                        int refBytes = refCounts[i] * Id.SIZE;
                        refs = refs == null ? new ByteWriter(refBytes) : refs;
                        refs.raw(in.array(), in.skip(refBytes), refBytes);
                    }
                }
            }
        }
        if (sum != raw) {
            throw in.damaged("the chunks of a blob add up to " + sum + " of its " + raw + " bytes");
        }
        return new BlobEntry(offset, stored, codec, (int) epoch, raw, types, lengths, ids, refCounts,
                refs == null ? NO_REFS : refs.toByteArray());
    }
}
