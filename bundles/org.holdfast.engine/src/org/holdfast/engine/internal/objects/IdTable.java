package org.holdfast.engine.internal.objects;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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
        private long[] keys = new long[32];
        private int[] values = new int[16];
        private int size;

        private static int slot(long high, int mask) {
            return (int) high & mask;
        }

        synchronized int get(long high, long low) {
            int mask = values.length - 1;
            for (int i = slot(high, mask);; i = i + 1 & mask) {
                if (keys[2 * i + 1] == 0) {
                    return ABSENT;
                }
                if (keys[2 * i] == high && keys[2 * i + 1] == low) {
                    return values[i];
                }
            }
        }

        synchronized int put(long high, long low, int value, boolean replace) {
            int mask = values.length - 1;
            for (int i = slot(high, mask);; i = i + 1 & mask) {
                if (keys[2 * i + 1] == 0) {
                    keys[2 * i] = high;
                    keys[2 * i + 1] = low;
                    values[i] = value;
                    if (++size > values.length - values.length / 4) {
                        grow();
                    }
                    return ABSENT;
                }
                if (keys[2 * i] == high && keys[2 * i + 1] == low) {
                    int old = values[i];
                    if (replace) {
                        values[i] = value;
                    }
                    return old;
                }
            }
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldValues = values;
            keys = new long[oldKeys.length * 2];
            values = new int[oldValues.length * 2];
            int mask = values.length - 1;
            for (int k = 0; k < oldValues.length; k++) {
                if (oldKeys[2 * k + 1] != 0) {
                    int i = slot(oldKeys[2 * k], mask);
                    while (keys[2 * i + 1] != 0) {
                        i = i + 1 & mask;
                    }
                    keys[2 * i] = oldKeys[2 * k];
                    keys[2 * i + 1] = oldKeys[2 * k + 1];
                    values[i] = oldValues[k];
                }
            }
            Arrays.fill(oldKeys, 0);
        }
    }
}
