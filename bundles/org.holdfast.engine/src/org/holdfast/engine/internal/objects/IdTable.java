package org.holdfast.engine.internal.objects;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Maps content ids to numbers in about 30 bytes an entry. Keyed by the first 128 bits of the id: ids are HMACs under
 * a secret key, so with n entries two of them agree with probability n²/2^129, which is less than 10^-18 for 10^10
 * entries. Split into shards that grow one at a time, so growing never doubles the memory. Thread-safe.
 */
public final class IdTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SHARDS = 64;
    private static final int ABSENT = -1;

    private final Shard[] shards = new Shard[SHARDS];

    /** An empty table. */
    public IdTable() {
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    private static long high(byte[] id, int offset) {
        return (long) LONG.get(id, offset);
    }

    private static long low(byte[] id, int offset) {
        long low = (long) LONG.get(id, offset + 8);
        return low == 0 ? 1 : low;
    }

    private Shard shard(long high) {
        return shards[(int) (high >>> 58)];
    }

    /** The number of an id, or -1 when it is not in the table. */
    public int get(byte[] id, int offset) {
        long high = high(id, offset);
        return shard(high).get(high, low(id, offset));
    }

    /**
     * Adds an id unless it is there.
     *
     * @param value 0 or more
     * @return the number it had before, or -1 when it was added
     */
    public int putIfAbsent(byte[] id, int offset, int value) {
        long high = high(id, offset);
        return shard(high).put(high, low(id, offset), value, false);
    }

    /** Adds an id or changes its number; returns the one it had, or -1. */
    public int put(byte[] id, int offset, int value) {
        long high = high(id, offset);
        return shard(high).put(high, low(id, offset), value, true);
    }

    /** Number of ids. */
    public int size() {
        int n = 0;
        for (Shard shard : shards) {
            n += shard.size;
        }
        return n;
    }

    private static final class Shard {
        private static final ValueLayout.OfLong KEY = ValueLayout.JAVA_LONG;
        private static final ValueLayout.OfInt VALUE = ValueLayout.JAVA_INT;
        /** From this number of slots on, a shard is outside the heap, whose size then need not follow the vault's. */
        private static final int NATIVE = 4096;

        private int slots = 16;
        private MemorySegment keys = MemorySegment.ofArray(new long[2 * 16]);
        private MemorySegment values = MemorySegment.ofArray(new int[16]);
        private int size;

        private int slot(long high) {
            return (int) high & slots - 1;
        }

        private boolean isFree(int slot) {
            return keys.getAtIndex(KEY, 2L * slot + 1) == 0;
        }

        private boolean holds(int slot, long high, long low) {
            return keys.getAtIndex(KEY, 2L * slot) == high && keys.getAtIndex(KEY, 2L * slot + 1) == low;
        }

        private void set(int slot, long high, long low, int value) {
            keys.setAtIndex(KEY, 2L * slot, high);
            keys.setAtIndex(KEY, 2L * slot + 1, low);
            values.setAtIndex(VALUE, slot, value);
        }

        synchronized int get(long high, long low) {
            for (int i = slot(high);; i = i + 1 & slots - 1) {
                if (isFree(i)) {
                    return ABSENT;
                }
                if (holds(i, high, low)) {
                    return values.getAtIndex(VALUE, i);
                }
            }
        }

        synchronized int put(long high, long low, int value, boolean replace) {
            for (int i = slot(high);; i = i + 1 & slots - 1) {
                if (isFree(i)) {
                    set(i, high, low, value);
                    if (++size > slots - slots / 4) {
                        grow();
                    }
                    return ABSENT;
                }
                if (holds(i, high, low)) {
                    int old = values.getAtIndex(VALUE, i);
                    if (replace) {
                        values.setAtIndex(VALUE, i, value);
                    }
                    return old;
                }
            }
        }

        private void grow() {
            MemorySegment oldKeys = keys;
            MemorySegment oldValues = values;
            int old = slots;
            slots = old * 2;
            if (slots < NATIVE) {
                keys = MemorySegment.ofArray(new long[2 * slots]);
                values = MemorySegment.ofArray(new int[slots]);
            } else {
                Arena arena = Arena.ofAuto();
                keys = arena.allocate(KEY, 2L * slots);
                values = arena.allocate(VALUE, slots);
            }
            for (int k = 0; k < old; k++) {
                long low = oldKeys.getAtIndex(KEY, 2L * k + 1);
                if (low != 0) {
                    long high = oldKeys.getAtIndex(KEY, 2L * k);
                    int i = slot(high);
                    while (!isFree(i)) {
                        i = i + 1 & slots - 1;
                    }
                    set(i, high, low, oldValues.getAtIndex(VALUE, k));
                }
            }
        }
    }
}
