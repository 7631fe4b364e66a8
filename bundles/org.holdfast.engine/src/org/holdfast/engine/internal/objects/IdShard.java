package org.holdfast.engine.internal.objects;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Part of an {@link IdTable}: keys in ascending order with gaps, each at the place its value suggests or as near
 * behind it as the others let it (linear probing ordered by key, Amble and Knuth, "Ordered hash tables", 1974). Order
 * is what lets the table grow where it is, a little at a time: it needs no second table to move to, is never much
 * larger than what is in it, and may be seven eighths full. Thread-safe.
 */
final class IdShard {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int BLOCK_BITS = 10;
    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int KEY_BYTES = 16;
    /** Numbers are behind the keys of a block. */
    private static final int NUMBERS_AT = BLOCK * KEY_BYTES;
    /** The table grows by one block in so many. */
    private static final int GROWTH = 8;
    private static final int ABSENT = -1;

    private final Arena memory;
    private final boolean numbers;
    private MemorySegment[] blocks = new MemorySegment[1];
    private int slots;
    /** Slots at the end that are no key's own place: room for those that come behind theirs. */
    private int margin = 64;
    private int size;

    /**
     * @param memory where blocks come from
     * @param numbers whether keys have numbers
     */
    IdShard(Arena memory, boolean numbers) {
        this.memory = memory;
        this.numbers = numbers;
    }

    synchronized int size() {
        return size;
    }

    synchronized long heldBytes() {
        return (long) slots * (numbers ? KEY_BYTES + Integer.BYTES : KEY_BYTES);
    }

    synchronized int get(long high, long low) {
        int slot = find(high, low);
        return slot < 0 ? ABSENT : number(slot);
    }

    synchronized int putIfAbsent(long high, long low, int number) {
        int slot = find(high, low);
        if (slot >= 0) {
            return number(slot);
        }
        int free = slots;
        if (size < slots - slots / 8) {
            slot = -1 - slot;
            free = slot;
            while (free < slots && !isFree(free)) {
                free++;
            }
            if (free == slots) {
                margin *= 2;
            }
        }
        if (free == slots) {
            grow();
            return putIfAbsent(high, low, number);
        }
        for (int i = free; i > slot; i--) {
            move(i - 1, i);
        }
        set(slot, high, low, number);
        size++;
        return ABSENT;
    }

    /** The slot of a key; for one that is not there, -1 less the slot it has to go to. */
    private int find(long high, long low) {
        int i = home(high);
        for (; i < slots; i++) {
            MemorySegment block = blocks[i >>> BLOCK_BITS];
            long at = (long) (i & BLOCK - 1) * KEY_BYTES;
            long otherLow = block.get(LONG, at + 8);
            if (otherLow == 0) {
                break;
            }
            int c = Long.compareUnsigned(block.get(LONG, at), high);
            if (c == 0) {
                c = Long.compareUnsigned(otherLow, low);
            }
            if (c == 0) {
                return i;
            }
            if (c > 0) {
                break;
            }
        }
        return -1 - i;
    }

    /** A key's own place: in proportion to its value, so that places are in the order of keys. */
    private int home(long high) {
        return (int) ((high >>> 32) * Math.max(0, slots - margin) >>> 32);
    }

    private MemorySegment block(int slot) {
        return blocks[slot >>> BLOCK_BITS];
    }

    private static long keyAt(int slot) {
        return (long) (slot & BLOCK - 1) * KEY_BYTES;
    }

    private static long numberAt(int slot) {
        return NUMBERS_AT + (long) (slot & BLOCK - 1) * Integer.BYTES;
    }

    private boolean isFree(int slot) {
        return block(slot).get(LONG, keyAt(slot) + 8) == 0;
    }

    private long high(int slot) {
        return block(slot).get(LONG, keyAt(slot));
    }

    private int number(int slot) {
        return numbers ? block(slot).get(INT, numberAt(slot)) : 0;
    }

    private void set(int slot, long high, long low, int number) {
        MemorySegment block = block(slot);
        block.set(LONG, keyAt(slot), high);
        block.set(LONG, keyAt(slot) + 8, low);
        if (numbers) {
            block.set(INT, numberAt(slot), number);
        }
    }

    private void move(int from, int to) {
        set(to, high(from), block(from).get(LONG, keyAt(from) + 8), number(from));
    }

    private void free(int slot) {
        block(slot).set(LONG, keyAt(slot) + 8, 0);
    }

    private void grow() {
        int first;
        do {
            int count = slots >>> BLOCK_BITS;
            int more = Math.max(1, Math.max(count / GROWTH, margin / BLOCK));
            blocks = Arrays.copyOf(blocks, count + more);
            for (int i = count; i < count + more; i++) {
                blocks[i] = memory.allocate(numbers ? NUMBERS_AT + BLOCK * Integer.BYTES : NUMBERS_AT);
            }
            slots = Math.multiplyExact(count + more, BLOCK);
            first = gather();
        } while (first < 0);
        spread(first);
    }

    /**
     * Moves all keys to the end.
     *
     * @return where they start, or -1 when they cannot all go behind their places and there has to be more room
     */
    private int gather() {
        int to = slots;
        for (int from = slots - 1; from >= 0; from--) {
            if (isFree(from)) {
                continue;
            }
            if (home(high(from)) > to - 1) {
                margin *= 2;
                return -1;
            }
            if (--to != from) {
                move(from, to);
                free(from);
            }
        }
        return to;
    }

    /** Moves keys from the end to their places. */
    private void spread(int first) {
        int next = 0;
        for (int from = first; from < slots; from++) {
            int to = Math.max(next, home(high(from)));
            if (to != from) {
                move(from, to);
                free(from);
            }
            next = to + 1;
        }
    }
}
