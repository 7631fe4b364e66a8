package org.holdfast.format;

/**
 * The segments of a file in order: chunks, zeros and holes. Also the form in which long lists are kept in chunks of
 * their own.
 *
 * @param kinds {@link Body#CHUNK}, {@link Body#ZERO} or {@link Body#HOLE} of each
 * @param lengths length of each in bytes
 */
public record Segments(byte[] kinds, long[] lengths) {
    /**
     * Most segments kept in a page; longer lists go into chunks of their own. Few enough that the references of the
     * largest page, 32 bytes for each chunk, fit into the directory of a pack.
     */
    public static final int MAX_IN_PAGE = 64;
    /** Segments in each list of its own, except the last. */
    public static final int PER_LIST = 1024;

    /** Number of segments. */
    public int count() {
        return kinds.length;
    }

    /** Sum of all lengths. */
    public long total() {
        long sum = 0;
        for (long length : lengths) {
            sum += length;
        }
        return sum;
    }

    /** Number of chunks, that is of references. */
    public int chunks() {
        int n = 0;
        for (byte kind : kinds) {
            n += kind == Body.CHUNK ? 1 : 0;
        }
        return n;
    }

    /** Appends count and segments. */
    public void encode(ByteWriter out) {
        out.varint(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            out.varint(lengths[i] << 2 | kinds[i]);
        }
    }

    /** Reads count and segments. */
    public static Segments parse(ByteReader in) {
        int n = in.count(1, "segments");
        var kinds = new byte[n];
        var lengths = new long[n];
        long total = 0;
        for (int i = 0; i < n; i++) {
            long v = in.varint();
            kinds[i] = (byte) (v & 3);
            lengths[i] = v >>> 2;
            total += lengths[i];
            if (kinds[i] > Body.HOLE || lengths[i] == 0 || total < 0
                    || kinds[i] == Body.CHUNK && lengths[i] > PackDirectory.MAX_RAW) {
                throw in.damaged("a segment of a file is impossible");
            }
        }
        return new Segments(kinds, lengths);
    }

    /** The raw bytes of a list in a chunk of its own. */
    public byte[] encodeList() {
        var out = new ByteWriter(kinds.length * 3 + 8).u8(Version.CURRENT);
        encode(out);
        return out.toByteArray();
    }

    /** Parses the raw bytes of a list in a chunk of its own. */
    public static Segments parseList(byte[] raw, int offset, int length) {
        var in = new ByteReader("The segment list", raw, offset, length);
        Version.check("The segment list", in.u8());
        Segments segments = parse(in);
        in.end();
        return segments;
    }
}
