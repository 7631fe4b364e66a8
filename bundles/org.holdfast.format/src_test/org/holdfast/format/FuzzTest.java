package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

/**
 * Feeds every parser with hostile bytes. Whatever they are, a parser returns or throws {@link FormatException}, and
 * allocates at most {@value #BYTES_PER_BYTE} bytes per byte of input and {@value #FIXED_BYTES} more. Seeds are fixed,
 * so a failure repeats.
 */
class FuzzTest {
    private static final long BYTES_PER_BYTE = 48;
    private static final long FIXED_BYTES = 64 * 1024;
    private static final int ROUNDS = 3_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Whether the parser accepted the bytes; any exception but one is an error of the test. */
    static boolean feed(Parsers.Parser parser, byte[] bytes) {
        try {
            parser.parse().accept(bytes);
            return true;
        } catch (FormatException e) {
            return false;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError(parser + " failed on " + TestData.hex(Arrays.copyOf(bytes,
                    Math.min(bytes.length, 4096))), e);
        }
    }

    private static void bounded(Parsers.Parser parser, byte[] bytes) {
        long bound = FIXED_BYTES + BYTES_PER_BYTE * bytes.length;
        long used = allocated(parser, bytes);
        // What the JVM links on first use counts for the thread too, so the best of some tries decides.
        for (int tries = 0; used > bound && tries < 3; tries++) {
            used = Math.min(used, allocated(parser, bytes));
        }
        if (used > bound) {
            fail(parser + " allocated " + used + " bytes for " + bytes.length + ": "
                    + TestData.hex(Arrays.copyOf(bytes, Math.min(bytes.length, 4096))));
        }
    }

    private static long allocated(Parsers.Parser parser, byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        feed(parser, bytes);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void mutatedObjects() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.plain()) {
                var random = new SplittableRandom(parser.name().hashCode());
                for (int i = 0; i < ROUNDS; i++) {
                    bounded(parser, mutate(parser.good(), random));
                }
            }
        }
    }

    @Test
    void mutatedStoredObjects() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.stored()) {
                var random = new SplittableRandom(parser.name().hashCode());
                for (int i = 0; i < ROUNDS / 10; i++) {
                    bounded(parser, mutate(parser.good(), random));
                }
            }
        }
    }

    @Test
    void randomBytes() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.plain()) {
                var random = new SplittableRandom(3);
                for (int i = 0; i < ROUNDS / 4; i++) {
                    var bytes = new byte[random.nextInt(300)];
                    random.nextBytes(bytes);
                    if (bytes.length > 0 && random.nextBoolean()) {
                        bytes[0] = (byte) Version.CURRENT;
                    }
                    bounded(parser, bytes);
                }
            }
        }
    }

    /** A number that says much follows, at every place where a number can be. */
    @Test
    void hugeNumbersEverywhere() {
        byte[][] numbers = { varint(-1), varint(Long.MAX_VALUE), varint(1L << 32), varint(Integer.MAX_VALUE),
                varint(1 << 26), varint(1 << 16), varint(128) };
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.plain()) {
                byte[] good = parser.good();
                for (int at = 0; at < good.length; at++) {
                    for (byte[] number : numbers) {
                        bounded(parser, TestData.concat(Arrays.copyOf(good, at), number,
                                Arrays.copyOfRange(good, at + 1, good.length)));
                    }
                }
            }
        }
    }

    /** The densest inputs: as many of the smallest things as fit, where memory per byte is largest. */
    @Test
    void manySmallThings() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.plain()) {
                for (int fill : new int[] { 0, 1, 2, 4, 0x7f }) {
                    var bytes = new byte[1 << 18];
                    Arrays.fill(bytes, (byte) fill);
                    bounded(parser, bytes);
                    for (int head = 1; head < 60; head += 3) {
                        byte[] start = Arrays.copyOf(parser.good(), Math.min(head, parser.good().length));
                        bounded(parser, TestData.concat(start, varint(20_000), bytes));
                        bounded(parser, TestData.concat(start, varint(bytes.length - 100), bytes));
                    }
                }
            }
        }
    }

    /** What a frame claims to hold is checked before memory is taken for it. */
    @Test
    void compressionBombs() {
        byte[] zeros = new byte[1 << 20];
        byte[] packed = Zstd.compress(zeros, 1);
        try (var parsers = new Parsers()) {
            byte[] keeperPart = parsers.parts("point")[0];
            for (int claimed : new int[] { (64 << 20) + 1, Integer.MAX_VALUE, -1, 1 << 19, (1 << 20) + 1, 0 }) {
                byte[] body = new ByteWriter(packed.length + 4).u32(claimed).raw(packed).toByteArray();
                long before = THREADS.getCurrentThreadAllocatedBytes();
                assertThrows(FormatException.class, () -> parsers.open(keeperPart, body));
                assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 1 << 20);
            }
            assertThrows(FormatException.class, () -> parsers.open(keeperPart, new byte[3]));
            assertThrows(FormatException.class, () -> parsers.open(keeperPart, new byte[4]));
        }
    }

    static byte[] varint(long value) {
        return new ByteWriter(10).varint(value).toByteArray();
    }

    private static byte[] mutate(byte[] good, SplittableRandom random) {
        byte[] bytes = good;
        int edits = random.nextInt(1, 5);
        for (int i = 0; i < edits; i++) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + random.nextInt(1, 12));
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> TestData.concat(head, tail);
                case 1 -> TestData.concat(head, varint(random.nextLong() >>> random.nextInt(64)), tail);
                case 2 -> TestData.concat(head, Arrays.copyOfRange(bytes, at, end), Arrays.copyOfRange(bytes, at, end),
                        tail);
                case 3 -> {
                    var noise = new byte[end - at];
                    random.nextBytes(noise);
                    yield TestData.concat(head, noise, tail);
                }
                case 4 -> TestData.concat(head, new byte[] { (byte) (1 << random.nextInt(8)) },
                        Arrays.copyOfRange(bytes, Math.min(bytes.length, at + 1), bytes.length));
                default -> Arrays.copyOf(bytes, at);
            };
        }
        return bytes;
    }
}
