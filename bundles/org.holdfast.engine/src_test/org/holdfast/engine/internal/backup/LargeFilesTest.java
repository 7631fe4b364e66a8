package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;

import org.holdfast.api.vault.BackupResult;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.format.Body;
import org.holdfast.format.Chunker;
import org.holdfast.format.Segments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files of every size where something in the engine changes, with zeros and holes in every place. */
@Timeout(60)
class LargeFilesTest {
    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.checkPoints();
        rig.close();
    }

    private void unchangedAfterwards(int files) {
        rig.files().forget();
        BackupResult again = rig.backup("/data");
        assertEquals(Map.of(), rig.files().read());
        assertEquals(files, again.filesUnchanged());
        assertEquals(0, again.point().storedBytes());
    }

    @Test
    void everySizeAtEveryBoundary() {
        int n = 0;
        for (int size : new int[] { 0, Body.INLINE_MAX, Chunker.MIN, 2 * Chunker.MIN, Chunker.AVERAGE,
                FileWorker.SMALL_MAX, Chunker.MAX, Chunker.MAX + Chunker.AVERAGE, 2 * Chunker.MAX, 3 * Chunker.MAX }) {
            for (int d = -1; d <= 1; d++) {
                if (size + d >= 0) {
                    tree.random("/data/random-" + (size + d), size + d, size + d);
                    tree.file("/data/zero-" + (size + d), new byte[size + d]);
                    n += 2;
                }
            }
        }
        BackupResult result = rig.backup("/data");
        assertEquals(n, result.filesNew());
        unchangedAfterwards(n);
    }

    @Test
    void aLargeFileIsReadOnce() {
        tree.random("/data/file", 30 << 20, 1);
        BackupResult result = rig.backup("/data");
        assertEquals(Map.of("/data/file", 30L << 20), rig.files().read());
        assertEquals(30L << 20, result.bytesRead());
        assertTrue(result.newChunks() > 40, () -> result.newChunks() + " chunks");
    }

    @Test
    void zerosInEveryPlaceCostNothing() {
        byte[] data = FakeTree.bytes(12 << 20, 1);
        Arrays.fill(data, 0, 300_000, (byte) 0);
        Arrays.fill(data, 3 << 20, 8 << 20, (byte) 0);
        Arrays.fill(data, (12 << 20) - 200_000, 12 << 20, (byte) 0);
        tree.file("/data/image", data);
        byte[] small = FakeTree.bytes(900_000, 2);
        Arrays.fill(small, 100_000, 700_000, (byte) 0);
        tree.file("/data/small", small);
        BackupResult result = rig.backup("/data");
        assertTrue(result.point().storedBytes() < 7_500_000, () -> "stored " + result.point().storedBytes());
        unchangedAfterwards(2);
    }

    @Test
    void holesAreNotRead() {
        byte[] data = FakeTree.bytes(40 << 20, 1);
        tree.file("/data/sparse", data).holes("/data/sparse", 4096, 20 << 20, 21 << 20, 40 << 20);
        tree.file("/data/hole", new byte[3_000_000]).holes("/data/hole", 0, 3_000_000);
        tree.random("/data/tail", 500_000, 3).holes("/data/tail", 0, 400_000);
        tree.random("/data/head", 500_000, 4).holes("/data/head", 8192, 500_000);
        BackupResult result = rig.backup("/data");
        assertTrue(result.bytesRead() < 1_300_000, () -> "read " + result.bytesRead());
        assertEquals((40 << 20) + 4_000_000, result.point().bytes());
        unchangedAfterwards(4);
    }

    @Test
    void moreSegmentsThanAPageOrAListHolds() {
        int unit = 4096;
        for (int count : new int[] { Segments.MAX_IN_PAGE / 2, Segments.MAX_IN_PAGE / 2 + 1, Segments.PER_LIST / 2,
                Segments.PER_LIST / 2 + 1, 3 * Segments.PER_LIST + 17 }) {
            String path = "/data/sparse-" + count;
            tree.random(path, 2 * unit * count, count);
            var holes = new long[2 * count];
            for (int i = 0; i < count; i++) {
                holes[2 * i] = (2L * i + 1) * unit;
                holes[2 * i + 1] = (2L * i + 2) * unit;
            }
            tree.holes(path, holes);
        }
        rig.backup("/data");
        unchangedAfterwards(5);
    }

    @Test
    void manySegmentsChangeInOnePlaceOnly() {
        int unit = 4096;
        int count = 5000;
        tree.random("/data/sparse", 2 * unit * count, 1);
        var holes = new long[2 * count];
        for (int i = 0; i < count; i++) {
            holes[2 * i] = (2L * i + 1) * unit;
            holes[2 * i + 1] = (2L * i + 2) * unit;
        }
        tree.holes("/data/sparse", holes);
        rig.backup("/data");
        byte[] data = tree.data("/data/sparse");
        data[2 * unit * 2500] ^= 1;
        tree.file("/data/sparse", data).holes("/data/sparse", holes);
        BackupResult second = rig.backup("/data");
        assertEquals(1, second.newChunks());
        assertTrue(second.point().storedBytes() < 100_000, () -> "stored " + second.point().storedBytes());
    }

    @Test
    void aFileGrowsAndShrinksBetweenBackups() {
        for (int size : new int[] { 5_000_000, 5_000_001, 9_000_000, 1_048_577, 1_048_576, 100, 0, 512, 513,
                7_000_000 }) {
            tree.file("/data/file", FakeTree.bytes(size, 1));
            BackupResult result = rig.backup("/data");
            assertEquals(size, result.point().bytes());
        }
    }

    @Test
    void appendingStoresTheEndOnly() {
        tree.file("/data/log", FakeTree.bytes(20 << 20, 1));
        rig.backup("/data");
        tree.file("/data/log", FakeTree.bytes((20 << 20) + 5000, 1));
        BackupResult second = rig.backup("/data");
        assertTrue(second.newChunks() <= 2, () -> second.newChunks() + " chunks");
    }

    @Test
    void manyLargeFilesAtOnce() {
        for (int i = 0; i < 25; i++) {
            tree.random("/data/" + (i % 3) + "/file" + i, 2_000_000 + i * 40_001, i);
        }
        rig.backup("/data");
        unchangedAfterwards(25);
    }
}
