package org.holdfast.api.spi.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The names of one directory, packed into one byte array and sorted as unsigned bytes. Filled by
 * {@link SourceDirectory#list}; costs about 14 bytes an entry beside the name itself. Not thread-safe while filled.
 */
public final class NameTable {
    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.BIG_ENDIAN);
    private static final int INSERTION = 16;

    private byte[] bytes = new byte[512];
    private int used;
    private int[] offsets = new int[32];
    private short[] lengths = new short[32];
    private long[] keys = new long[32];
    private int count;

    /** Forgets all names and keeps the memory. */
    public void clear() {
        used = 0;
        count = 0;
    }

    /** Number of names. */
    public int count() {
        return count;
    }

    /** Adds a name; order does not matter before {@link #sort()}. */
    public void add(byte[] source, int offset, int length) {
        if (length > 0xffff || used > Integer.MAX_VALUE - 8 - length) {
            throw new IllegalArgumentException("too many or too long names in one directory");
        }
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, (int) Math.min(Integer.MAX_VALUE - 8L,
                    bytes.length * 2L)));
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        System.arraycopy(source, offset, bytes, used, length);
        offsets[count] = used;
        lengths[count++] = (short) length;
        used += length;
    }

    /** The array the names are packed in; see {@link #offset} and {@link #length}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where name i starts in {@link #bytes()}. */
    public int offset(int i) {
        return offsets[i];
    }

    /** How long name i is. */
    public int length(int i) {
        return lengths[i] & 0xffff;
    }

    /** A copy of name i. */
    public byte[] name(int i) {
        return Arrays.copyOfRange(bytes, offsets[i], offsets[i] + length(i));
    }

    /** Compares name i with other bytes, as unsigned bytes. */
    public int compare(int i, byte[] other, int offset, int length) {
        return Arrays.compareUnsigned(bytes, offsets[i], offsets[i] + length(i), other, offset, offset + length);
    }

    /**
     * Sorts the names as unsigned bytes, in place. Quicksort over the next eight bytes of every name, held as one
     * number, and over the following eight among those that are equal so far (after Bentley and Sedgewick, "Fast
     * algorithms for sorting and searching strings", 1997); heap sort where somebody chose names that defeat it.
     */
    public void sort() {
        if (keys.length < count) {
            keys = new long[offsets.length];
        }
        sortFrom(0, count, 0);
    }

    /** Sorts names that are equal in their first {@code depth} bytes. */
    private void sortFrom(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            keys[i] = key(i, depth);
        }
        sortKeys(from, to, 2 * (32 - Integer.numberOfLeadingZeros(to - from)));
        int start = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || keys[i] != keys[start]) {
                if (i - start > 1) {
                    sortEqual(start, i, depth + Long.BYTES);
                }
                start = i;
            }
        }
    }

    /** Sorts names whose first {@code depth} bytes are equal, or differ only in how many of them are missing. */
    private void sortEqual(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            if (length(i) < depth) {
                heapSort(from, to);
                return;
            }
        }
        sortFrom(from, to, depth);
    }

    /** Eight bytes of a name from {@code depth} as a number that compares like them, zeros where there are none. */
    private long key(int i, int depth) {
        int left = length(i) - depth;
        if (left <= 0) {
            return Long.MIN_VALUE;
        }
        int at = offsets[i] + depth;
        long key;
        if (at + Long.BYTES <= bytes.length) {
            key = (long) BIG_ENDIAN.get(bytes, at);
            if (left < Long.BYTES) {
                key &= -1L << Long.SIZE - 8 * left;
            }
        } else {
            key = 0;
            for (int b = 0; b < left; b++) {
                key |= (bytes[at + b] & 0xffL) << 56 - 8 * b;
            }
        }
        return key ^ Long.MIN_VALUE;
    }

    private void sortKeys(int first, int last, int allowed) {
        int from = first;
        int to = last;
        int levels = allowed;
        while (to - from > INSERTION) {
            if (levels-- == 0) {
                heapSort(from, to);
                return;
            }
            long pivot = median(keys[from], keys[from + to >>> 1], keys[to - 1]);
            int low = from;
            int high = to - 1;
            while (low <= high) {
                while (keys[low] < pivot) {
                    low++;
                }
                while (keys[high] > pivot) {
                    high--;
                }
                if (low <= high) {
                    swap(low++, high--);
                }
            }
            if (high - from < to - low) { // the smaller part by recursion, so that it stays shallow
                sortKeys(from, high + 1, levels);
                from = low;
            } else {
                sortKeys(low, to, levels);
                to = high + 1;
            }
        }
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int offset = offsets[i];
            short length = lengths[i];
            int j = i;
            for (; j > from && keys[j - 1] > key; j--) {
                keys[j] = keys[j - 1];
                offsets[j] = offsets[j - 1];
                lengths[j] = lengths[j - 1];
            }
            keys[j] = key;
            offsets[j] = offset;
            lengths[j] = length;
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void heapSort(int from, int to) {
        int n = to - from;
        for (int root = n / 2 - 1; root >= 0; root--) {
            sift(from, root, n);
        }
        for (int end = n - 1; end > 0; end--) {
            swap(from, from + end);
            sift(from, 0, end);
        }
    }

    private void sift(int from, int start, int end) {
        int root = start;
        while (true) {
            int child = 2 * root + 1;
            if (child >= end) {
                return;
            }
            if (child + 1 < end && less(from + child, from + child + 1)) {
                child++;
            }
            if (!less(from + root, from + child)) {
                return;
            }
            swap(from + root, from + child);
            root = child;
        }
    }

    private boolean less(int a, int b) {
        return compare(a, bytes, offsets[b], length(b)) < 0;
    }

    private void swap(int a, int b) {
        int o = offsets[a];
        offsets[a] = offsets[b];
        offsets[b] = o;
        short l = lengths[a];
        lengths[a] = lengths[b];
        lengths[b] = l;
        long k = keys[a];
        keys[a] = keys[b];
        keys[b] = k;
    }
}
