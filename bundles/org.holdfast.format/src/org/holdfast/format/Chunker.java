package org.holdfast.format;

import java.util.Arrays;

/**
 * Cuts data where its content says so: FastCDC (Xia et al., USENIX ATC 2016; IEEE TPDS 2020) with normalised
 * chunking of level 2 and the plain one-byte gear, which C2 compiles to faster code than the two-byte roll. The gear
 * table is derived from the encryption domain, so equal files of two domains are cut differently. Thread-safe.
 */
public final class Chunker {
    /** No chunk but the last of a file is smaller. */
    public static final int MIN = 64 * 1024;
    /** Size around which cut points gather. */
    public static final int AVERAGE = 256 * 1024;
    /** No chunk is larger. */
    public static final int MAX = 2 * 1024 * 1024;
    /** Bytes of key material: 256 gears of 64 bits. */
    public static final int TABLE_BYTES = 256 * 8;
    /** Bytes that influence a hash of 64 bits that moves one bit a byte. */
    private static final int WINDOW = 64;
    /** Bits that must be zero before the average (18 + 2) and after it (18 - 2): the highest see all the window. */
    private static final int STRICT_SHIFT = 64 - 20;
    private static final int LOOSE_SHIFT = 64 - 16;

    private final long[] gear = new long[256];

    /** @param table {@link #TABLE_BYTES} bytes of key material, read as big-endian 64-bit numbers */
    public Chunker(byte[] table) {
        if (table.length != TABLE_BYTES) {
            throw new IllegalArgumentException("The gear table has " + TABLE_BYTES + " bytes");
        }
        for (int i = 0; i < 256; i++) {
            gear[i] = (long) Bytes.LONG.get(table, i * 8);
        }
    }

    /**
     * Length of the first chunk of a piece of data.
     *
     * @param data the array
     * @param from where the chunk starts
     * @param to end of what is there; unless the file ends there, at least {@link #MAX} bytes after {@code from}
     * @return length of the chunk, 1 to {@link #MAX}; all that is there when it is not more than {@link #MIN}
     */
    public int cut(byte[] data, int from, int to) {
        int available = to - from;
        if (available <= MIN) {
            return available;
        }
        int limit = from + Math.min(available, MAX);
        int normal = from + Math.min(available, AVERAGE);
        long[] g = gear;
        long h = 0;
        int i = from + MIN - WINDOW;
        int start = from + MIN;
        for (; i < start; i++) {
            h = (h << 1) + g[data[i] & 0xff];
        }
        for (; i < normal; i++) {
            h = (h << 1) + g[data[i] & 0xff];
            if (h >>> STRICT_SHIFT == 0) {
                return i + 1 - from;
            }
        }
        for (; i < limit; i++) {
            h = (h << 1) + g[data[i] & 0xff];
            if (h >>> LOOSE_SHIFT == 0) {
                return i + 1 - from;
            }
        }
        return limit - from;
    }

    /** A block of zeros to compare with. */
    private static final byte[] ZEROS = new byte[4096];

    /**
     * Number of zero bytes at the start of a piece of data. A run of at least {@link #MIN} at the start of a chunk is
     * not chunked but kept as a length.
     */
    public static int zeroRun(byte[] data, int from, int to) {
        int i = from;
        while (i < to) {
            int n = Math.min(ZEROS.length, to - i);
            int differs = Arrays.mismatch(data, i, i + n, ZEROS, 0, n);
            if (differs >= 0) {
                return i + differs - from;
            }
            i += n;
        }
        return to - from;
    }
}
