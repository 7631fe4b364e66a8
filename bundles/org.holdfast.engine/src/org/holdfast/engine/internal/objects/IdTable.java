package org.holdfast.engine.internal.objects;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Ids of chunks outside the heap, each with a number or without, in about 20 bytes and 4 for the number. Keyed by the
 * first 128 bits of the id: ids are HMACs under a secret key, so with n entries two of them agree with probability
 * n²/2^129, which is less than 10^-18 for 10^10 entries. Thread-safe.
 */
public final class IdTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SHARD_BITS = 6;

    private final IdShard[] shards = new IdShard[1 << SHARD_BITS];

    private IdTable(boolean numbers) {
        Arena memory = Arena.ofAuto();
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new IdShard(memory, numbers);
        }
    }

    /** An empty table of ids with numbers. */
    public static IdTable ofNumbers() {
        return new IdTable(true);
    }

    /** An empty table of ids alone; their numbers are all 0. */
    public static IdTable ofIds() {
        return new IdTable(false);
    }

    private static long high(byte[] id, int offset) {
        return (long) LONG.get(id, offset);
    }

    /** Never 0, which marks a free slot. */
    private static long low(byte[] id, int offset) {
        long low = (long) LONG.get(id, offset + 8);
        return low == 0 ? 1 : low;
    }

    private IdShard shard(long high) {
        return shards[(int) (high >>> Long.SIZE - SHARD_BITS)];
    }

    /** The number of an id, or -1 when it is not in the table. */
    public int get(byte[] id, int offset) {
        long high = high(id, offset);
        return shard(high).get(high << SHARD_BITS, low(id, offset));
    }

    /**
     * Adds an id unless it is there.
     *
     * @param value 0 or more
     * @return the number it had before, or -1 when it was added
     */
    public int putIfAbsent(byte[] id, int offset, int value) {
        long high = high(id, offset);
        return shard(high).putIfAbsent(high << SHARD_BITS, low(id, offset), value);
    }

    /** Number of ids. */
    public int size() {
        int n = 0;
        for (IdShard shard : shards) {
            n += shard.size();
        }
        return n;
    }

    /** Bytes of memory it takes. */
    public long heldBytes() {
        long n = 0;
        for (IdShard shard : shards) {
            n += shard.heldBytes();
        }
        return n;
    }
}
