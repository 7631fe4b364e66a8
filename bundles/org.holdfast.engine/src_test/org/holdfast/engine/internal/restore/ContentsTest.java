package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.format.Body;
import org.holdfast.format.Chunker;
import org.holdfast.testkit.store.FaultyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of files of every form, and how little of the vault is read for them. */
@Timeout(60)
class ContentsTest {
    private static final int LARGE = 40 << 20;

    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.close();
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(OpenVault open, PointSummary point, String path, long from, int most) {
        return open.read(point.id(), RawPath.of(path), from, most, new CancelToken());
    }

    @Test
    void partsAreWhatTheFileHas() {
        int[] sizes = { 0, 1, Body.INLINE_MAX, Body.INLINE_MAX + 1, Chunker.MIN, Chunker.MAX + 7, 5 * Chunker.MAX };
        for (int size : sizes) {
            byte[] content = random(size);
            Arrays.fill(content, size / 3, size / 2, (byte) 0);
            tree.file("/data/" + size, content);
        }
        PointSummary point = rig.backup("/data").point();
        var random = new Random(1);
        for (int size : sizes) {
            byte[] content = random(size);
            Arrays.fill(content, size / 3, size / 2, (byte) 0);
            assertArrayEquals(content, read(rig.open(), point, "/data/" + size, 0, OpenVault.READ_MAX), "" + size);
            for (int i = 0; i < 20 && size > 0; i++) {
                int from = random.nextInt(size);
                int most = random.nextInt(size + 10);
                assertArrayEquals(Arrays.copyOfRange(content, from, Math.min(size, from + most)),
                        read(rig.open(), point, "/data/" + size, from, most), size + " from " + from + ", " + most);
            }
            assertEquals(0, read(rig.open(), point, "/data/" + size, size + 5L, 10).length);
        }
    }

    @Test
    void aSmallPartOfALargeFileCostsLittle() {
        tree.random("/data/large", LARGE, 1);
        PointSummary point = rig.backup("/data").point();
        var counting = new FaultyStore(rig.store());
        OpenVault open = rig.open(counting, rig.files());
        byte[] head = read(open, point, "/data/large", 0, 64 << 10);
        byte[] tail = read(open, point, "/data/large", LARGE - 1000, 64 << 10);
        assertEquals(64 << 10, head.length);
        assertEquals(1000, tail.length);
        assertTrue(dataReads(counting) >= 2 && dataReads(counting) <= 3, () -> "calls: " + counting.log());
        long before = dataReads(counting);
        assertArrayEquals(Arrays.copyOf(head, 100), read(open, point, "/data/large", 0, 100));
        assertEquals(before, dataReads(counting), "what was read just now is still at hand");
    }

    private static long dataReads(FaultyStore store) {
        return store.log().stream().filter(line -> line.contains("READ") && line.contains(" data/")).count();
    }

    @Test
    void aNewPointIsReadWithAnIndexFromBefore() {
        tree.random("/data/a", 3 << 20, 1);
        PointSummary first = rig.backup("/data").point();
        OpenVault open = rig.open();
        assertEquals(10, read(open, first, "/data/a", 0, 10).length);
        tree.random("/data/b", 3 << 20, 2);
        PointSummary second = rig.backup("/data").point();
        assertEquals(10, read(open, second, "/data/b", 1 << 20, 10).length);
    }

    @Test
    void whatCannotBeReadIsSaid() {
        tree.random("/data/a", 3 << 20, 1);
        PointSummary point = rig.backup("/data").point();
        OpenVault open = rig.open();
        problem(Problem.PATH_NOT_FOUND, () -> read(open, point, "/data/none", 0, 1));
        problem(Problem.INVALID_REQUEST, () -> read(open, point, "/data", 0, 1));
        problem(Problem.INVALID_REQUEST, () -> read(open, point, "/data/a", -1, 1));
        problem(Problem.INVALID_REQUEST, () -> read(open, point, "/data/a", 0, OpenVault.READ_MAX + 1));
        var cancelled = new CancelToken();
        cancelled.cancel();
        problem(Problem.CANCELLED, () -> open.read(point.id(), RawPath.of("/data/a"), 0, 1, cancelled));
    }

    private static void problem(Problem expected, Runnable call) {
        assertEquals(expected, assertThrows(HoldfastException.class, call::run).problem());
    }
}
