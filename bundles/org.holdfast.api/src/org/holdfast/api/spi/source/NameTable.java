package org.holdfast.api.spi.source;

import java.util.Arrays;

/**
 * The names of one directory, packed into one byte array and sorted as unsigned bytes. Filled by
 * {@link SourceDirectory#list}; costs about six bytes an entry beside the name itself. Not thread-safe while filled.
 */
public final class NameTable {
    private byte[] bytes = new byte[4096];
    private int used;
    private int[] offsets = new int[256];
    private short[] lengths = new short[256];
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

    /** Sorts the names as unsigned bytes, in place: heap sort over the index, no allocation. */
    public void sort() {
        for (int root = count / 2 - 1; root >= 0; root--) {
            sift(root, count);
        }
        for (int end = count - 1; end > 0; end--) {
            swap(0, end);
            sift(0, end);
        }
    }

    private void sift(int start, int end) {
        int root = start;
        while (true) {
            int child = 2 * root + 1;
            if (child >= end) {
                return;
            }
            if (child + 1 < end && less(child, child + 1)) {
                child++;
            }
            if (!less(root, child)) {
                return;
            }
            swap(root, child);
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
    }
}
