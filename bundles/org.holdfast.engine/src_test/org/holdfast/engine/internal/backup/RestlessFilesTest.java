package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.engine.internal.fake.FakeFiles;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.engine.internal.fake.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that change, vanish or cannot be read while a backup is at them. */
@Timeout(60)
class RestlessFilesTest {
    private static final int SMALL = 20_000;
    private static final int LARGE = 5 << 20;

    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.files().hook((step, path, position) -> {});
        rig.close();
    }

    private void others() {
        tree.random("/data/before", 5000, 1).random("/data/z/after", 5000, 2);
    }

    private BackupResult backup() {
        return rig.backup(rig.store(), Rig.request("/data"));
    }

    /** Checks what a person is told, everywhere it has to be told. */
    private void warned(BackupResult result, String path, Problem problem) {
        assertEquals(PointState.COMPLETED_WITH_WARNINGS, result.point().state());
        assertEquals(List.of(path + " " + problem), result.warnings().stream().map(RestlessFilesTest::text).toList());
        assertEquals(1, result.point().warnings());
        PointDetails details = rig.open().details(result.point().id());
        assertEquals(result.warnings(), details.warnings());
        assertTrue(details.signatureValid());
        assertEquals(PointState.COMPLETED_WITH_WARNINGS, details.summary().state());
    }

    private static String text(Warning warning) {
        assertTrue(warning.reason().length() > 10 && warning.reason().endsWith("."), warning::reason);
        return warning.path() + " " + warning.problem();
    }

    private byte[] restored(BackupResult result, String path) {
        var target = new FakeTree();
        rig.open(rig.store(), new FakeFiles(target)).restore(new RestoreRequest(result.point().id(), List.of(),
                RawPath.of("/t"), IfExists.OVERWRITE, true, true, false), ProgressSink.NONE, new CancelToken());
        assertTrue(target.exists("/t/data/before") && target.exists("/t/data/z/after"), "everything else is there");
        return target.exists("/t" + path) ? target.data("/t" + path) : null;
    }

    /** At the first read from a position on, does something to the file. */
    private void onRead(String path, long from, int times, Runnable what) {
        var left = new AtomicInteger(times);
        rig.files().hook((step, at, position) -> {
            if (step == Step.READ && at.equals(path) && position >= from && left.getAndDecrement() > 0) {
                what.run();
            }
        });
    }

    @Test
    void aSmallFileThatChangesOnceIsReadAgainAndWhole() {
        others();
        tree.random("/data/file", SMALL, 3);
        var seed = new AtomicInteger(10);
        onRead("/data/file", 0, 1, () -> tree.random("/data/file", SMALL + 5, seed.incrementAndGet()));
        BackupResult result = rig.backup("/data");
        assertEquals(PointState.COMPLETED, result.point().state());
        assertArrayEquals(FakeTree.bytes(SMALL + 5, 11), restored(result, "/data/file"));
        assertEquals(SMALL + 5 + 10_000, result.point().bytes());
        rig.checkPoints();
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aFileThatNeverRestsIsKeptAsReadAndReadAgainNextTime(int size) {
        others();
        tree.random("/data/file", size, 3);
        var seed = new AtomicInteger(10);
        onRead("/data/file", 0, Integer.MAX_VALUE, () -> {
            byte[] data = tree.data("/data/file");
            data[data.length - 1] = (byte) seed.incrementAndGet();
            tree.file("/data/file", data);
        });
        BackupResult result = backup();
        warned(result, "/data/file", Problem.FILE_CHANGED);
        byte[] got = restored(result, "/data/file");
        assertEquals(size, got.length);
        assertArrayEquals(Arrays.copyOf(FakeTree.bytes(size, 3), size - 1), Arrays.copyOf(got, size - 1));
        rig.files().hook((step, path, position) -> {});
        rig.files().forget();
        BackupResult next = rig.backup("/data");
        assertEquals(PointState.COMPLETED, next.point().state());
        assertEquals(Map.of("/data/file", (long) size), rig.files().read());
        assertArrayEquals(tree.data("/data/file"), restored(next, "/data/file"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, SMALL, 600_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, LARGE })
    void aFileThatGrowsWhileItIsReadHasTheSizeThatWasRead(int size) {
        others();
        tree.random("/data/log", size, 3);
        onRead("/data/log", 0, Integer.MAX_VALUE, () -> {
            byte[] data = tree.data("/data/log");
            tree.file("/data/log", Arrays.copyOf(data, data.length + 700));
        });
        BackupResult result = backup();
        warned(result, "/data/log", Problem.FILE_CHANGED);
        byte[] got = restored(result, "/data/log");
        Entry entry = rig.open().entry(result.point().id(), RawPath.of("/data/log"));
        assertEquals(entry.size(), got.length);
        assertArrayEquals(Arrays.copyOf(tree.data("/data/log"), got.length), got);
        assertTrue(got.length >= size);
        assertEquals(got.length + 10_000, result.point().bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aFileThatShrinksWhileItIsRead(int size) {
        others();
        tree.random("/data/file", size, 3);
        onRead("/data/file", size / 2, 1, () -> tree.file("/data/file", Arrays.copyOf(tree.data("/data/file"), 100)));
        onRead("/data/file", 0, 1, () -> tree.file("/data/file", Arrays.copyOf(tree.data("/data/file"), size / 3)));
        BackupResult result = backup();
        byte[] got = restored(result, "/data/file");
        assertArrayEquals(Arrays.copyOf(FakeTree.bytes(size, 3), got.length), got);
        assertEquals(size / 3, got.length);
        if (size == LARGE) {
            warned(result, "/data/file", Problem.FILE_CHANGED);
        }
        assertEquals(got.length + 10_000, result.point().bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 30_000 })
    void aSparseFileThatIsCutShortWhileItIsRead(int left) {
        others();
        tree.random("/data/sparse", LARGE, 3).holes("/data/sparse", 100_000, 3_000_000);
        byte[] old = tree.data("/data/sparse");
        onRead("/data/sparse", 0, 1, () -> tree.file("/data/sparse", Arrays.copyOf(old, left)));
        BackupResult result = backup();
        warned(result, "/data/sparse", Problem.FILE_CHANGED);
        byte[] got = restored(result, "/data/sparse");
        Entry entry = rig.open().entry(result.point().id(), RawPath.of("/data/sparse"));
        assertEquals(entry.size(), got.length);
        assertArrayEquals(Arrays.copyOf(Arrays.copyOf(old, left), got.length), got);
    }

    @Test
    void aSparseFileThatGrowsWhileItIsRead() {
        others();
        tree.random("/data/sparse", LARGE, 3).holes("/data/sparse", 100_000, 3_000_000);
        byte[] old = tree.data("/data/sparse");
        onRead("/data/sparse", 3_000_000, 1, () -> tree.file("/data/sparse", Arrays.copyOf(old, LARGE + 50_000)));
        BackupResult result = backup();
        warned(result, "/data/sparse", Problem.FILE_CHANGED);
        byte[] got = restored(result, "/data/sparse");
        assertEquals(rig.open().entry(result.point().id(), RawPath.of("/data/sparse")).size(), got.length);
        assertArrayEquals(Arrays.copyOf(old, got.length), got);
    }

    @Test
    void aFileThatVanishesBetweenListingAndReading() {
        others();
        tree.random("/data/gone", SMALL, 3);
        rig.files().hook((step, path, position) -> {
            if (step == Step.OPEN && path.equals("/data/gone") && tree.exists(path)) {
                tree.remove(path);
            }
        });
        BackupResult result = backup();
        warned(result, "/data/gone", Problem.FILE_VANISHED);
        assertEquals(null, restored(result, "/data/gone"));
        assertEquals(2, result.point().files());
        assertEquals(10_000, result.point().bytes());
    }

    @Test
    void aFileThatVanishesBetweenListingAndLooking() {
        others();
        tree.random("/data/gone", SMALL, 3);
        rig.files().hook((step, path, position) -> {
            if (step == Step.STAT && path.equals("/data/gone") && tree.exists(path)) {
                tree.remove(path);
            }
        });
        BackupResult result = backup();
        warned(result, "/data/gone", Problem.FILE_VANISHED);
        assertEquals(2, result.point().files());
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aFileThatMayNotBeReadIsToldAndLeftOut(int size) {
        others();
        tree.random("/data/secret", size, 3);
        rig.files().hook(denying(Step.OPEN, "/data/secret"));
        BackupResult result = backup();
        warned(result, "/data/secret", Problem.FILE_UNREADABLE);
        assertEquals(null, restored(result, "/data/secret"));
        assertEquals(2, result.point().files());
        assertEquals(10_000, result.point().bytes());
    }

    private static FakeFiles.Hook denying(Step denied, String which) {
        return (step, path, position) -> {
            if (step == denied && path.equals(which)) {
                throw new AccessDeniedException(path);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aFileThatCannotBeReadToItsEndIsToldAndLeftOut(int size) {
        others();
        tree.random("/data/bad", size, 3);
        rig.files().hook((step, path, position) -> {
            if (step == Step.READ && path.equals("/data/bad") && position >= size / 2 - SMALL / 2) {
                throw new IOException("Input/output error");
            }
        });
        BackupResult result = backup();
        warned(result, "/data/bad", Problem.FILE_UNREADABLE);
        assertEquals(null, restored(result, "/data/bad"));
        assertEquals(2, result.point().files());
    }

    @Test
    void aFileThatCannotBeReadAnyMoreIsLeftOutThoughThePointBeforeHasIt() {
        others();
        tree.random("/data/secret", SMALL, 3);
        rig.backup("/data");
        rig.checkPoints();
        tree.random("/data/secret", SMALL, 4);
        rig.files().hook(denying(Step.OPEN, "/data/secret"));
        BackupResult result = backup();
        warned(result, "/data/secret", Problem.FILE_UNREADABLE);
        assertEquals(null, restored(result, "/data/secret"));
    }

    @Test
    void metadataThatCannotBeReadIsTold() {
        others();
        tree.random("/data/odd", SMALL, 3);
        rig.files().hook(denying(Step.STAT, "/data/odd"));
        warned(backup(), "/data/odd", Problem.FILE_UNREADABLE);
    }

    @Test
    void attributesThatCannotBeReadAreToldAndTheFileIsThere() {
        others();
        tree.random("/data/odd", SMALL, 3).attribute("/data/odd", "user.x", new byte[] { 1 });
        rig.files().hook(denying(Step.ATTRIBUTES, "/data/odd"));
        BackupResult result = backup();
        warned(result, "/data/odd", Problem.FILE_UNREADABLE);
        assertArrayEquals(FakeTree.bytes(SMALL, 3), restored(result, "/data/odd"));
        rig.files().hook((step, path, position) -> {});
        rig.backup("/data");
        assertEquals(PointState.COMPLETED, rig.open().points().getLast().state());
    }

    @Test
    void aLinkThatCannotBeReadIsTold() {
        others();
        tree.link("/data/link", "somewhere");
        rig.files().hook(denying(Step.READ_LINK, "/data/link"));
        BackupResult result = backup();
        warned(result, "/data/link", Problem.FILE_UNREADABLE);
        assertEquals(2, result.point().files());
    }

    @Test
    void aDirectoryThatMayNotBeEnteredIsEmptyAndTold() {
        others();
        tree.random("/data/locked/a", SMALL, 3).random("/data/locked/deep/b", SMALL, 4);
        rig.files().hook(denying(Step.OPEN_DIRECTORY, "/data/locked"));
        BackupResult result = backup();
        warned(result, "/data/locked", Problem.FILE_UNREADABLE);
        restored(result, "/data/before");
        assertEquals(0, rig.open().list(result.point().id(), RawPath.of("/data/locked"), 0, 10).total());
        assertEquals(2, result.point().files());
    }

    @Test
    void aDirectoryThatMayNotBeListedIsEmptyAndTold() {
        others();
        tree.random("/data/locked/a", SMALL, 3);
        rig.files().hook(denying(Step.LIST, "/data/locked"));
        warned(backup(), "/data/locked", Problem.FILE_UNREADABLE);
    }

    @Test
    void aDirectoryThatVanishesIsTold() {
        others();
        tree.random("/data/gone/a", SMALL, 3);
        rig.files().hook((step, path, position) -> {
            if (step == Step.OPEN_DIRECTORY && path.equals("/data/gone") && tree.exists(path)) {
                tree.remove(path);
            }
        });
        warned(backup(), "/data/gone", Problem.FILE_VANISHED);
    }

    @Test
    void aFileThatBecomesADirectoryOrALinkBeforeItIsOpened() {
        others();
        tree.random("/data/x", SMALL, 3).random("/data/y", SMALL, 4);
        rig.files().hook((step, path, position) -> {
            if (step == Step.OPEN && path.equals("/data/x")) {
                tree.remove("/data/x").directory("/data/x");
            }
            if (step == Step.OPEN && path.equals("/data/y")) {
                tree.remove("/data/y").link("/data/y", "/etc/passwd");
            }
        });
        BackupResult result = backup();
        assertEquals(2, result.warnings().size());
        assertEquals(PointState.COMPLETED_WITH_WARNINGS, result.point().state());
        restored(result, "/data/before");
    }

    @Test
    void everyWarningIsTold() {
        others();
        for (int i = 0; i < 3000; i++) {
            tree.file("/data/many/f%04d".formatted(i), new byte[] { (byte) i });
        }
        rig.files().hook((step, path, position) -> {
            if (step == Step.OPEN && path.startsWith("/data/many/")) {
                throw new AccessDeniedException(path);
            }
        });
        BackupResult result = backup();
        assertEquals(3000, result.warnings().size());
        assertEquals(3000, result.point().warnings());
        assertEquals(2, result.point().files());
        assertEquals(3000, rig.open().details(result.point().id()).warnings().size());
    }
}
