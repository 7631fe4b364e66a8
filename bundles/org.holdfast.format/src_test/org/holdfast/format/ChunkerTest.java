package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/** Cut points are part of the format: data cut differently is stored twice. The pinned ones were computed apart. */
class ChunkerTest {
    private static final byte[] OTHER_DOMAIN = TestData.counting(0xb0, 16);

    private static Chunker chunker(byte[] domain) {
        return GearTable.chunker(TestData.keys(domain).chunkerKey());
    }

    static int[] cuts(Chunker chunker, byte[] data) {
        var lengths = new ArrayList<Integer>();
        for (int at = 0; at < data.length;) {
            int n = chunker.cut(data, at, Math.min(data.length, at + Chunker.MAX));
            lengths.add(n);
            at += n;
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static byte[] mixed() {
        var ab = new byte[1 << 20];
        for (int i = 0; i < ab.length; i++) {
            ab[i] = (byte) (i % 2 == 0 ? 'a' : 'b');
        }
        return TestData.concat(TestData.stream("head", 1 << 20), new byte[3 << 20],
                TestData.stream("tail", 1 << 20), ab);
    }

    @Test
    void goldenCutsOfRandomData() {
        byte[] data = TestData.stream("random", 4 << 20);
        assertArrayEquals(new int[] { 444819, 276157, 265548, 616837, 336856, 270214, 274322, 340711, 509583, 400179,
                353004, 106074 }, cuts(chunker(TestData.DOMAIN), data));
        assertArrayEquals(new int[] { 275591, 309082, 249012, 319860, 268518, 268244, 161859, 324475, 402543, 342728,
                273543, 131413, 379290, 135193, 308092, 44861 }, cuts(chunker(OTHER_DOMAIN), data));
    }

    @Test
    void goldenCutsOfText() {
        byte[] data = TestData.text("text", 3 << 20);
        assertArrayEquals(new int[] { 534244, 289070, 264947, 407032, 160578, 321247, 143303, 310036, 315511, 225029,
                174731 }, cuts(chunker(TestData.DOMAIN), data));
        assertArrayEquals(new int[] { 330181, 271340, 236552, 291333, 321574, 93846, 287567, 203133, 292354, 296860,
                274023, 246965 }, cuts(chunker(OTHER_DOMAIN), data));
    }

    @Test
    void goldenCutsOfZerosAndMixedData() {
        assertArrayEquals(new int[] { Chunker.MAX, Chunker.MAX, 1 << 20 },
                cuts(chunker(TestData.DOMAIN), new byte[5 << 20]));
        assertArrayEquals(new int[] { 99650, 208725, 352600, 327416, 2097152, 1223864, 320339, 424770, 1236940 },
                cuts(chunker(TestData.DOMAIN), mixed()));
        assertArrayEquals(new int[] { 460901, 306028, 2097152, 1478376, 189500, 319942, 281182, 1158375 },
                cuts(chunker(OTHER_DOMAIN), mixed()));
    }

    @Test
    void chunksStayWithinTheirBoundsAndCoverEverything() {
        Chunker chunker = chunker(TestData.DOMAIN);
        for (byte[] data : List.of(TestData.stream("bounds", 6 << 20), TestData.text("bounds", 6 << 20), mixed())) {
            int[] lengths = cuts(chunker, data);
            int sum = 0;
            for (int i = 0; i < lengths.length; i++) {
                assertTrue(lengths[i] <= Chunker.MAX && lengths[i] >= 1);
                assertTrue(lengths[i] > Chunker.MIN || i == lengths.length - 1, "only the last chunk may be small");
                sum += lengths[i];
            }
            assertEquals(data.length, sum);
        }
    }

    @Test
    void lengthsAtTheBoundaries() {
        Chunker chunker = chunker(TestData.DOMAIN);
        byte[] zeros = new byte[Chunker.MAX + 1];
        assertEquals(0, chunker.cut(zeros, 0, 0));
        for (int n : new int[] { 1, 63, 64, Chunker.MIN - 1, Chunker.MIN, Chunker.MIN + 1, Chunker.AVERAGE - 1,
                Chunker.AVERAGE, Chunker.AVERAGE + 1, Chunker.MAX - 1, Chunker.MAX }) {
            assertEquals(n, chunker.cut(zeros, 0, n), "nothing in zeros cuts");
        }
        assertEquals(Chunker.MAX, chunker.cut(zeros, 0, Chunker.MAX + 1));
        byte[] random = TestData.stream("random", 1 << 20);
        assertEquals(444819, chunker.cut(random, 0, 444820));
        assertEquals(444819, chunker.cut(random, 0, 444819), "a cut at the very end is the end");
        assertEquals(444818, chunker.cut(random, 0, 444818));
    }

    /** The loop looks at 64 bytes only: where a chunk starts, and what is before it, does not matter. */
    @Test
    void cutsDoNotDependOnThePositionInTheArray() {
        Chunker chunker = chunker(TestData.DOMAIN);
        byte[] data = TestData.stream("random", 2 << 20);
        var random = new SplittableRandom(7);
        for (int i = 0; i < 20; i++) {
            int shift = random.nextInt(1, 5000);
            byte[] shifted = TestData.concat(TestData.stream("before" + i, shift), data);
            assertEquals(444819, chunker.cut(shifted, shift, shifted.length));
        }
    }

    /** The earliest possible cut is one byte past the minimum, because the first test needs a full window. */
    @Test
    void theFirstCutThatIsPossible() {
        byte[] table = new byte[Chunker.TABLE_BYTES];
        Arrays.fill(table, (byte) 0x5a);
        Chunker everywhere = new Chunker(new byte[Chunker.TABLE_BYTES]);
        assertEquals(Chunker.MIN + 1, everywhere.cut(new byte[Chunker.MAX], 0, Chunker.MAX),
                "a table of zeros cuts as soon as it may");
        assertEquals(Chunker.MAX, new Chunker(table).cut(new byte[Chunker.MAX], 0, Chunker.MAX));
    }

    @Test
    void resynchronisesAfterAnInsertion() {
        Chunker chunker = chunker(TestData.DOMAIN);
        var random = new SplittableRandom(11);
        for (byte[] data : List.of(TestData.stream("sync", 8 << 20), TestData.text("sync", 8 << 20))) {
            for (int round = 0; round < 4; round++) {
                int at = random.nextInt(data.length);
                byte[] inserted = TestData.stream("new" + round, 1 + random.nextInt(1000));
                byte[] edited = TestData.concat(Arrays.copyOf(data, at), inserted,
                        Arrays.copyOfRange(data, at, data.length));
                assertTrue(shared(chunker, data, edited) > 0.8, "at most a few chunks differ");
            }
        }
    }

    /** Fraction of the edited data whose chunks the old data has as well. */
    private static double shared(Chunker chunker, byte[] old, byte[] edited) {
        var known = new HashSet<Id>();
        int at = 0;
        for (int n : cuts(chunker, old)) {
            known.add(new Id(Manifest.sha256(old, at, n)));
            at += n;
        }
        long same = 0;
        at = 0;
        for (int n : cuts(chunker, edited)) {
            same += known.contains(new Id(Manifest.sha256(edited, at, n))) ? n : 0;
            at += n;
        }
        return (double) same / edited.length;
    }

    @Test
    void theGearTableIsThatOfTheDomain() {
        assertArrayEquals(cuts(chunker(TestData.DOMAIN), TestData.stream("x", 3 << 20)),
                cuts(new Chunker(TestData.golden("gear-table")), TestData.stream("x", 3 << 20)));
        assertEquals("be097cb457595958b84e384a13e8f6ee",
                TestData.hex(Arrays.copyOf(TestData.golden("gear-table"), 16)));
        assertNotEquals(Arrays.toString(cuts(chunker(TestData.DOMAIN), TestData.stream("x", 3 << 20))),
                Arrays.toString(cuts(chunker(OTHER_DOMAIN), TestData.stream("x", 3 << 20))));
        assertThrows(IllegalArgumentException.class, () -> new Chunker(new byte[Chunker.TABLE_BYTES - 1]));
    }

    @Test
    void zeroRunsAreMeasuredExactly() {
        byte[] data = new byte[20_000];
        assertEquals(20_000, Chunker.zeroRun(data, 0, data.length));
        assertEquals(0, Chunker.zeroRun(data, 5, 5));
        for (int at : new int[] { 0, 1, 4095, 4096, 4097, 8191, 8192, 19_999 }) {
            data[at] = 1;
            assertEquals(at, Chunker.zeroRun(data, 0, data.length));
            assertEquals(data.length - at - 1, Chunker.zeroRun(data, at + 1, data.length));
            assertEquals(at, Chunker.zeroRun(data, 0, at));
            data[at] = 0;
        }
    }
}
