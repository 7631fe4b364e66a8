package org.holdfast.crypto.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Argon2id version 0x13 (RFC 9106). Every command that opens a vault waits for this, so it is made for a cold JVM: the
 * lanes run on as many threads as there are processors, and the memory lies outside the heap, is filled in parallel and
 * given back at once. Bouncy Castle's, which the tests compare with, takes three times as long: one thread, and a
 * signed jar whose classes have to be verified and cannot be archived.
 */
public final class Argon2id {

    private static final int VERSION = 0x13;
    private static final int TYPE = 2;
    private static final int SLICES = 4;
    private static final int WORDS = Argon2Block.WORDS;
    private static final int BLOCK_BYTES = 8 * WORDS;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final int lanes;
    private final int passes;
    private final int laneLength;
    private final int segmentLength;
    private final MemorySegment[] memory;

    private Argon2id(Arena arena, int memoryKiB, int passes, int lanes) {
        this.arena = arena;
        this.lanes = lanes;
        this.passes = passes;
        this.segmentLength = memoryKiB / (SLICES * lanes);
        this.laneLength = segmentLength * SLICES;
        this.memory = new MemorySegment[lanes];
    }

    /** The tag of a password and salt, without secret and associated data. */
    public static byte[] derive(byte[] password, byte[] salt, int memoryKiB, int passes, int lanes, int tagLength) {
        return derive(password, salt, new byte[0], new byte[0], memoryKiB, passes, lanes, tagLength);
    }

    /**
     * The tag of all inputs of the RFC.
     *
     * @param memoryKiB at least 8 per lane
     * @param passes at least 1
     * @param lanes at least 1
     * @param tagLength at least 4 bytes
     * @throws OutOfMemoryError when the system does not give the memory
     */
    public static byte[] derive(byte[] password, byte[] salt, byte[] secret, byte[] associated, int memoryKiB,
            int passes, int lanes, int tagLength) {
        if (lanes < 1 || memoryKiB / lanes < 2 * SLICES || passes < 1 || tagLength < 4) {
            throw new IllegalArgumentException("not possible with Argon2id: " + memoryKiB + " KiB, " + passes
                    + " passes, " + lanes + " lanes, " + tagLength + " bytes");
        }
        byte[] start = new Blake2b(64).update(lanes).update(tagLength).update(memoryKiB).update(passes)
                .update(VERSION).update(TYPE).update(password.length).update(password).update(salt.length).update(salt)
                .update(secret.length).update(secret).update(associated.length).update(associated).digest();
        int threads = Math.min(lanes, Runtime.getRuntime().availableProcessors());
        try (Arena arena = Arena.ofShared();
                ExecutorService workers = Executors.newFixedThreadPool(threads, Argon2id::worker)) {
            return new Argon2id(arena, memoryKiB, passes, lanes).run(start, tagLength, workers);
        } finally {
            Arrays.fill(start, (byte) 0);
        }
    }

    private static Thread worker(Runnable work) {
        return Thread.ofPlatform().name("holdfast-argon2id").daemon().unstarted(work);
    }

    private byte[] run(byte[] start, int tagLength, ExecutorService workers) {
        forEachLane(workers, lane -> begin(lane, start));
        for (int pass = 0; pass < passes; pass++) {
            for (int slice = 0; slice < SLICES; slice++) {
                int p = pass;
                int s = slice;
                forEachLane(workers, lane -> new Segment(p, lane, s).fill());
            }
        }
        byte[] last = finish();
        forEachLane(workers, lane -> memory[lane].fill((byte) 0));
        byte[] tag = stretch(last, tagLength);
        Arrays.fill(last, (byte) 0);
        return tag;
    }

    private interface LaneWork {
        void run(int lane);
    }

    private void forEachLane(ExecutorService workers, LaneWork work) {
        List<Callable<Void>> tasks = new ArrayList<>(lanes);
        for (int i = 0; i < lanes; i++) {
            int lane = i;
            tasks.add(() -> {
                work.run(lane);
                return null;
            });
        }
        try {
            for (Future<Void> done : workers.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stretching a passphrase", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Takes the memory of a lane and fills its first two blocks. */
    private void begin(int lane, byte[] start) {
        memory[lane] = arena.allocate((long) laneLength * BLOCK_BYTES, 64);
        byte[] input = Arrays.copyOf(start, start.length + 8);
        for (int column = 0; column < 2; column++) {
            input[start.length] = (byte) column;
            for (int i = 0; i < 4; i++) {
                input[start.length + 4 + i] = (byte) (lane >>> 8 * i);
            }
            byte[] bytes = stretch(input, BLOCK_BYTES);
            long[] block = new long[WORDS];
            for (int i = 0; i < WORDS; i++) {
                block[i] = (long) LONGS.get(bytes, 8 * i);
            }
            store(lane, column, block);
        }
        Arrays.fill(input, (byte) 0);
    }

    /** The last blocks of all lanes, XORed. */
    private byte[] finish() {
        long[] sum = new long[WORDS];
        long[] block = new long[WORDS];
        for (int lane = 0; lane < lanes; lane++) {
            load(lane, laneLength - 1, block);
            for (int i = 0; i < WORDS; i++) {
                sum[i] ^= block[i];
            }
        }
        byte[] bytes = new byte[BLOCK_BYTES];
        for (int i = 0; i < WORDS; i++) {
            LONGS.set(bytes, 8 * i, sum[i]);
        }
        return bytes;
    }

    private void load(int lane, int column, long[] block) {
        MemorySegment.copy(memory[lane], ValueLayout.JAVA_LONG, (long) column * BLOCK_BYTES, block, 0, WORDS);
    }

    private void store(int lane, int column, long[] block) {
        MemorySegment.copy(block, 0, memory[lane], ValueLayout.JAVA_LONG, (long) column * BLOCK_BYTES, WORDS);
    }

    /** The variable-length hash H' of RFC 9106 section 3.3. */
    private static byte[] stretch(byte[] input, int length) {
        if (length <= 64) {
            return new Blake2b(length).update(length).update(input).digest();
        }
        byte[] out = new byte[length];
        byte[] v = new Blake2b(64).update(length).update(input).digest();
        int at = 0;
        while (length - at > 64) {
            System.arraycopy(v, 0, out, at, 32);
            at += 32;
            v = Blake2b.digest(Math.min(64, length - at), v);
        }
        System.arraycopy(v, 0, out, at, length - at);
        return out;
    }

    /** A quarter of a lane in one pass: what one thread fills without waiting for others. */
    private final class Segment {

        private final int pass;
        private final int lane;
        private final int slice;
        private final boolean independent;
        private final long[] previous = new long[WORDS];
        private final long[] reference = new long[WORDS];
        private final long[] block = new long[WORDS];
        private final long[] scratch = new long[WORDS];
        private final long[] zero = new long[WORDS];
        private final long[] counter = new long[WORDS];
        private final long[] addresses = new long[WORDS];

        Segment(int pass, int lane, int slice) {
            this.pass = pass;
            this.lane = lane;
            this.slice = slice;
            this.independent = pass == 0 && slice < SLICES / 2;
        }

        void fill() {
            if (independent) {
                long[] head = { pass, lane, slice, (long) laneLength * lanes, passes, TYPE };
                System.arraycopy(head, 0, counter, 0, head.length);
            }
            int first = pass == 0 && slice == 0 ? 2 : 0;
            int column = slice * segmentLength + first;
            load(lane, column == 0 ? laneLength - 1 : column - 1, previous);
            for (int index = first; index < segmentLength; index++, column++) {
                loadReference(index, independent ? address(index, first) : previous[0]);
                if (pass > 0) {
                    load(lane, column, block);
                }
                Argon2Block.compress(previous, reference, block, pass > 0, scratch);
                store(lane, column, block);
                System.arraycopy(block, 0, previous, 0, WORDS);
            }
        }

        /** The pseudo-random word of data-independent addressing. */
        private long address(int index, int first) {
            if (index % WORDS == 0 || index == first) {
                counter[6]++;
                Argon2Block.compress(zero, counter, addresses, false, scratch);
                Argon2Block.compress(zero, addresses, addresses, false, scratch);
            }
            return addresses[index % WORDS];
        }

        /** Finds the reference block as in RFC 9106 section 3.4. */
        private void loadReference(int index, long random) {
            int otherLane = pass == 0 && slice == 0 ? lane : (int) ((random >>> 32) % lanes);
            long area = pass == 0 ? (long) slice * segmentLength : laneLength - segmentLength;
            if (otherLane == lane) {
                area += index - 1;
            } else if (index == 0) {
                area--;
            }
            long x = random & 0xffff_ffffL;
            long relative = area - 1 - (area * (x * x >>> 32) >>> 32);
            long from = pass == 0 || slice == SLICES - 1 ? 0 : (long) (slice + 1) * segmentLength;
            load(otherLane, (int) ((from + relative) % laneLength), reference);
        }
    }
}
