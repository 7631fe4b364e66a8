package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.engine.internal.fake.FakeFiles;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.engine.internal.fake.Step;
import org.holdfast.format.Segments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that was cut short in the middle of a large file reads on from its last checkpoint there. */
@Timeout(120)
class PartialFilesTest {
    private static final int MB = 1 << 20;
    private static final int LARGE = 40 * MB;
    private static final String IMAGE = "/data/image";

    private static void image(FakeTree tree) {
        tree.random("/data/a", 1000, 1).random(IMAGE, LARGE, 2).random("/data/z", 1000, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 4 })
    void aLargeFileIsReadOnFromTheCheckpoint(int k) {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            assertTrue(test.crashAfter(k, 8 * MB), "the backup ended by itself");
            long done = test.covered().get(IMAGE);
            assertTrue(done > (k * 8L - 3) * MB, () -> "only " + done);
            BackupResult result = test.resume();
            assertEquals(LARGE - done, test.read(IMAGE));
            assertEquals(LARGE + 2000, result.point().bytes());
            assertEquals(0, result.filesChanged(), "what is in no point yet is new");
        }
    }

    @Test
    void manyTriesGetThereInTheEnd() {
        try (var test = new Interrupted(
                tree -> tree.random(IMAGE, LARGE, 1).random("/data/other", 20 * MB, 2))) {
            int tries = 1;
            while (test.crashAfter(1, 4 * MB)) {
                tries++;
                assertTrue(tries < 40, "it gets nowhere");
            }
            assertTrue(tries > 5, tries + " tries");
            test.rig.checkPoints();
            long read = test.rig.files().read().values().stream().mapToLong(Long::longValue).sum();
            // Each try reads ahead of its checkpoint by a few buffers.
            assertTrue(read < 60L * MB + tries * 12L * MB, () -> "read " + read);
            test.sameAsInOneGo();
        }
    }

    /** The next try has to read something else first, and is cut short as well. */
    @Test
    void whatAnEarlierTryHasLeftIsNotUndone() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            assertTrue(test.crashAfter(3, 8 * MB));
            long done = test.covered().get(IMAGE);
            for (int i = 0; i < 5; i++) {
                for (int f = 0; f < 4; f++) {
                    test.rig.tree().random("/data/_before" + f, 10 * MB, 10 * i + f);
                }
                assertTrue(test.crashAfter(1, 4 * MB));
                assertTrue(test.rig.objects("checkpoints/").size() <= 3, "they do not become more and more");
                assertTrue(test.covered().get(IMAGE) >= done);
                done = test.covered().get(IMAGE);
            }
            test.resume();
            assertEquals(LARGE - done, test.read(IMAGE));
            assertTrue(test.read("/data/_before0") < 10 * MB, "what the last try had is not read again");
        }
    }

    /** Several workers in several large files, with directories that are done, begun and not begun around them. */
    @Test
    void everyCheckpointOfManyFilesIsGoneOnFrom() {
        var total = new AtomicLong();
        Consumer<FakeTree> fill = tree -> {
            total.set(0);
            for (int i = 0; i < 4; i++) {
                file(tree, "/data/d%d/sub/large".formatted(i), 9 * MB + i * 70_001, i, total);
                for (int f = 0; f < 20; f++) {
                    file(tree, "/data/d%d/sub/f%02d".formatted(i, f), 10_000 + f, 100 * i + f, total);
                }
                file(tree, "/data/d%d/x".formatted(i), 100, i, total);
            }
        };
        int partial = 0;
        for (int k = 1;; k++) {
            try (var test = new Interrupted(fill)) {
                if (!test.crashAfter(k, 5 * MB)) {
                    assertTrue(k > 4, k + " checkpoints");
                    break;
                }
                Map<String, Long> covered = test.covered();
                partial += covered.entrySet().stream()
                        .filter(e -> e.getKey().endsWith("large") && e.getValue() % 70_001 != 9 * MB % 70_001).count();
                long done = covered.values().stream().mapToLong(Long::longValue).sum();
                assertEquals(total.get() - done, test.resume().bytesRead(), "after checkpoint " + k);
            }
        }
        assertTrue(partial > 3, partial + " files were cut");
    }

    private static void file(FakeTree tree, String path, int size, long seed, AtomicLong total) {
        tree.random(path, size, seed);
        total.addAndGet(size);
    }

    /** Long enough for lists, and for lists that are not full. */
    @Test
    void filesWithManySegmentsAreCutBetweenThem() {
        int unit = 4096;
        int count = Segments.PER_LIST + 100;
        Consumer<FakeTree> fill = tree -> {
            tree.random(IMAGE, 2 * unit * count, 1);
            var holes = new long[2 * count];
            for (int i = 0; i < count; i++) {
                holes[2 * i] = (2L * i + 1) * unit;
                holes[2 * i + 1] = (2L * i + 2) * unit;
            }
            tree.holes(IMAGE, holes);
        };
        for (int k = 1;; k++) {
            try (var test = new Interrupted(fill)) {
                if (!test.crashAfter(k, MB)) {
                    assertTrue(k > 3, k + " checkpoints");
                    break;
                }
                long done = test.covered().get(IMAGE);
                assertTrue(done >= k * 2L * MB - 2 * unit, () -> "only " + done);
                test.resume();
                assertEquals(count * (long) unit - (done + unit) / 2, test.read(IMAGE), unit);
            }
        }
    }

    @Test
    void zerosAndHolesAreCutToo() {
        byte[] data = FakeTree.bytes(20 * MB, 1);
        Arrays.fill(data, 3 * MB + 77, 8 * MB + 5, (byte) 0);
        Arrays.fill(data, 12 * MB, 17 * MB, (byte) 0);
        for (int k = 1;; k++) {
            try (var test = new Interrupted(tree -> tree.file(IMAGE, data.clone()).holes(IMAGE, 12 * MB, 17 * MB))) {
                if (!test.crashAfter(k, MB)) {
                    assertTrue(k > 4, k + " checkpoints");
                    break;
                }
                assertTrue(test.covered().get(IMAGE) > 0);
                test.resume();
            }
        }
    }

    @Test
    void aChangedFileIsReadFromItsStart() {
        List<Consumer<FakeTree>> changes = List.of(
                tree -> tree.random(IMAGE, LARGE, 3),
                tree -> tree.random(IMAGE, LARGE - 1, 2),
                tree -> tree.sneak(IMAGE, FakeTree.bytes(LARGE, 3), true, false),
                tree -> tree.sneak(IMAGE, FakeTree.bytes(LARGE, 3), false, true),
                tree -> tree.sneak(IMAGE, FakeTree.bytes(LARGE + 1, 3), false, false));
        for (Consumer<FakeTree> change : changes) {
            try (var test = new Interrupted(PartialFilesTest::image)) {
                assertTrue(test.crashAfter(2, 8 * MB));
                assertTrue(test.covered().get(IMAGE) > 0);
                change.accept(test.rig.tree());
                test.again();
                assertEquals(test.rig.tree().data(IMAGE).length, test.read(IMAGE));
            }
        }
    }

    /** The scan still sees what the checkpoint has; when the file is opened it is another. */
    @Test
    void aFileThatChangesBeforeItIsOpenedIsReadFromItsStart() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            assertTrue(test.crashAfter(2, 8 * MB));
            var once = new AtomicInteger(1);
            test.rig.files().hook((step, path, position) -> {
                if (step == Step.OPEN && path.equals(IMAGE) && once.getAndDecrement() == 1) {
                    test.rig.tree().random(IMAGE, LARGE, 3);
                }
            });
            test.rig.files().forget();
            BackupResult result = test.rig.backup("/data");
            assertEquals(LARGE, test.rig.files().read().get(IMAGE));
            assertEquals(1, result.warnings().size(), "it is told that the file changed");
            test.rig.checkPoints();
        }
    }

    /** What changes while it is read is not in a checkpoint: nothing could be told of it later. */
    @Test
    void aFileThatChangesBeforeTheCheckpointIsNotInIt() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            FakeFiles.Hook slowly = Interrupted.slowly();
            assertTrue(test.crashAfter(2, 8 * MB, (step, path, position) -> {
                slowly.at(step, path, position);
                if (step == Step.READ && path.equals(IMAGE) && position > 0 && position < 4 * MB) {
                    test.rig.tree().mode(IMAGE, 0600);
                }
            }));
            assertFalse(test.covered().containsKey(IMAGE));
            test.again();
            assertEquals(LARGE, test.read(IMAGE));
        }
    }

    @Test
    void whoReadsAllReadsAll() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            assertTrue(test.crashAfter(2, 8 * MB));
            test.rig.files().forget();
            BackupResult result = test.rig.backup(Rig.request(Exclusions.NONE, Interrupted.READ_ALL, "/data"));
            assertTrue(result.resumed());
            assertEquals(LARGE, test.rig.files().read().get(IMAGE));
            test.rig.checkPoints();
        }
    }

    /** The file was in an earlier point, in another version: the count says so, whatever the checkpoint has of it. */
    @Test
    void filesOfEarlierPointsCountAsChanged() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            test.rig.backup("/data");
            test.rig.tree().random(IMAGE, LARGE, 5);
            assertTrue(test.crashAfter(2, 8 * MB));
            BackupResult result = test.resume();
            assertEquals(1, result.filesChanged());
            assertEquals(2, result.filesUnchanged());
            assertEquals(0, result.filesNew());
            assertEquals(0, result.filesRemoved());
        }
    }

    /** Collection sees the references of a checkpoint like all others, and verification finds nothing wrong with it. */
    @Test
    void whatACheckpointNeedsIsNoGarbage() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            assertTrue(test.crashAfter(3, 8 * MB));
            test.rig.clock().advance(Duration.ofHours(2));
            test.rig.collect(test.rig.store());
            test.rig.clock().advance(Duration.ofHours(2));
            test.rig.collect(test.rig.store());
            Map<String, Long> covered = test.covered();
            test.resume();
            assertEquals(LARGE - covered.get(IMAGE), test.read(IMAGE));
        }
    }

    /** A pack that holds a part of what was read is lost meanwhile. */
    @Test
    void aFileOfWhichSomethingIsLostIsReadFromItsStart() throws IOException {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            assertTrue(test.crashAfter(3, 8 * MB));
            String pack = test.rig.objects("data/").getFirst();
            test.rig.store().delete(pack);
            test.rig.store().put("damaged/" + pack.substring("data/".length()),
                    ByteBuffer.wrap("damaged\n".getBytes(StandardCharsets.US_ASCII)));
            test.rig.files().forget();
            BackupResult result = test.rig.backup("/data");
            assertTrue(result.resumed());
            assertEquals(LARGE, test.rig.files().read().get(IMAGE));
            test.rig.checkPoints();
        }
    }

    /** Nobody renews the lease of a backup but the backup, also when all it does is to read one file for hours. */
    @Test
    void sessionsLiveAsLongAsAFileTakes() {
        try (var test = new Interrupted(PartialFilesTest::image)) {
            var next = new AtomicLong(8 * MB);
            test.rig.files().hook((step, path, position) -> {
                if (step == Step.READ && position > next.get()) {
                    next.addAndGet(8 * MB);
                    List<String> before = test.rig.objects("sessions/");
                    test.rig.clock().advance(Duration.ofMinutes(6));
                    long deadline = System.nanoTime() + 30_000_000_000L;
                    while (test.rig.objects("sessions/").equals(before)) {
                        assertTrue(System.nanoTime() < deadline, "the session was not renewed");
                        LockSupport.parkNanos(1_000_000);
                    }
                }
            });
            test.rig.backup("/data");
            test.rig.checkPoints();
        }
    }
}
