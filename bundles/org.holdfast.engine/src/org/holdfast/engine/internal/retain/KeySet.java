package org.holdfast.engine.internal.retain;

import java.util.Arrays;

/** Keys of 128 bits, each with a mark; open addressing in two columns, emptied and used again for the next part. */
final class KeySet {
    private long[] high;
    private long[] low;
    private boolean[] marked;
    private boolean hasZero;
    private boolean zeroMarked;
    private int size;

    KeySet() {
        allocate(1 << 10);
    }

    private void allocate(int slots) {
        high = new long[slots];
        low = new long[slots];
        marked = new boolean[slots];
    }

    /** Empties it; the room stays. */
    void clear() {
        Arrays.fill(high, 0);
        Arrays.fill(low, 0);
        Arrays.fill(marked, false);
        hasZero = false;
        zeroMarked = false;
        size = 0;
    }

    /** Number of keys. */
    int size() {
        return size;
    }

    private int slot(long h, long l) {
        int mask = high.length - 1;
        // The first bits are the same in a part; all others are as good as random.
        int i = (int) (h * 0x9e3779b97f4a7c15L >>> 32) & mask;
        while ((high[i] != h || low[i] != l) && (high[i] | low[i]) != 0) {
            i = i + 1 & mask;
        }
        return i;
    }

    /** Adds a key unless it is there. */
    void add(long h, long l) {
        if ((h | l) == 0) {
            size += hasZero ? 0 : 1;
            hasZero = true;
            return;
        }
        int i = slot(h, l);
        if ((high[i] | low[i]) == 0) {
            high[i] = h;
            low[i] = l;
            size++;
            if (size > high.length / 4 * 3) {
                grow();
            }
        }
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        allocate(oldHigh.length * 2);
        for (int i = 0; i < oldHigh.length; i++) {
            if ((oldHigh[i] | oldLow[i]) != 0) {
                int to = slot(oldHigh[i], oldLow[i]);
                high[to] = oldHigh[i];
                low[to] = oldLow[i];
            }
        }
    }

    /** Marks a key; true when it is there and had no mark. To be called when all keys have been added. */
    boolean mark(long h, long l) {
        if ((h | l) == 0) {
            boolean first = hasZero && !zeroMarked;
            zeroMarked = true;
            return first;
        }
        int i = slot(h, l);
        if ((high[i] | low[i]) == 0 || marked[i]) {
            return false;
        }
        marked[i] = true;
        return true;
    }
}
