package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.engine.internal.browse.PointTree;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.engine.internal.fake.Step;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints, what an interrupted backup leaves, and how the next one goes on. */
@Timeout(60)
class CheckpointsTest {
    private static final int FILES = 24;

    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.files().hook((step, path, position) -> {});
        rig.close();
    }

    /** Ends a backup as a crash does. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void fill() {
        for (int i = 0; i < FILES; i++) {
            tree.random("/data/d%d/sub/f%02d".formatted(i / 4, i), 30_000 + i, i);
        }
        tree.file("/data/tiny", new byte[10]).link("/data/link", "x").directory("/data/zz/empty");
    }

    private void crashAfter(int checkpoint) {
        var left = new AtomicInteger(checkpoint);
        rig.options(Rig.checkpoints(0, () -> {
            if (left.decrementAndGet() == 0) {
                throw new Crash();
            }
        }));
        assertThrows(RuntimeException.class, () -> rig.backup(rig.store(), Rig.request("/data")));
    }

    private Points.Stored checkpoint() {
        List<Points.Stored> all = new Points(rig.vault()).list(Points.CHECKPOINTS, true, (object, detail) -> {
            throw new AssertionError(object + " " + detail);
        });
        assertEquals(1, all.size());
        return all.getFirst();
    }

    @Test
    void aCheckpointIsAWholeTree() {
        fill();
        crashAfter(7);
        Points.Stored stored = checkpoint();
        // As a point it gives back what it says it has.
        SortedMap<String, String> expected = tree.describe("/");
        var content = new HashMap<String, String>();
        var reader = new MetaReader(rig.vault(),
                ChunkIndex.forReading(rig.vault(),
                        PackKind.values()));
        walk(new PointTree(reader, stored.manifest().details()),
                stored.manifest().details().root(), "", content);
        reader.close();
        assertTrue(content.size() > 5, content::toString);
        assertTrue(content.size() < expected.size());
        content.keySet().forEach(path -> assertTrue(expected.containsKey(path), path));
        long files = content.keySet().stream().filter(p -> !expected.get(p).startsWith("04")).count();
        assertEquals(files, stored.manifest().details().root().files());
        assertEquals(content.size() - files, stored.manifest().details().root().directories());
    }

    private static void walk(PointTree tree,
            DirectoryBody directory, String prefix, Map<String, String> into) {
        try {
            for (int i = 0; i < directory.pages().size(); i++) {
                Page page = tree.reader().page(directory, i);
                for (int row = 0; row < page.count; row++) {
                    String path = prefix + new String(page.name(row), StandardCharsets.UTF_8);
                    into.put(path, "");
                    if (page.bodyKind(row) == Body.DIRECTORY) {
                        walk(tree, page.directory(row), path + "/", into);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCheckpointOfAChangedTreeGoesOnFromBoth() {
        fill();
        rig.backup("/data");
        for (int i = 0; i < FILES; i += 2) {
            tree.random("/data/d%d/sub/f%02d".formatted(i / 4, i), 30_000, 100 + i);
        }
        tree.remove("/data/d5/sub/f23");
        crashAfter(5);
        rig.options(BackupOptions.standard("test"));
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertTrue(result.resumed());
        assertTrue(rig.files().read().size() < FILES / 2, () -> rig.files().read().keySet().toString());
        assertEquals(1, result.filesRemoved());
        rig.checkPoints();
    }

    @Test
    void aCheckpointCountsAfterTheClockWasSetBack() {
        fill();
        rig.clock().advance(Duration.ofDays(400));
        rig.backup("/data");
        rig.clock().advance(Duration.ofDays(-400));
        for (int i = 0; i < FILES; i++) {
            tree.random("/data/d%d/sub/f%02d".formatted(i / 4, i), 30_000, 100 + i);
        }
        crashAfter(7);
        rig.options(BackupOptions.standard("test"));
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertTrue(result.resumed());
        assertTrue(rig.files().read().size() < FILES, "the checkpoint was used");
        rig.checkPoints();
        assertEquals(List.of(), rig.objects("checkpoints/"));
    }

    @Test
    void aCheckpointThatStayedBehindItsPointIsNoResume() throws IOException {
        fill();
        var kept = new AtomicReference<byte[]>();
        var name = new AtomicReference<String>();
        rig.options(Rig.checkpoints(0, () -> {
            name.set(rig.objects("checkpoints/").getFirst());
            try {
                kept.set(rig.store().get(name.get(), 1 << 20));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        rig.backup("/data");
        // As after a crash between the point and the removal of its checkpoint.
        rig.store().put(name.get(), ByteBuffer.wrap(kept.get()));
        rig.options(BackupOptions.standard("test"));
        BackupResult next = rig.backup("/data");
        assertFalse(next.resumed());
        assertEquals(0, next.point().storedBytes());
        assertEquals(List.of(), rig.objects("checkpoints/"));
    }

    @Test
    void checkpointsOfOthersAreLeftAlone() {
        fill();
        crashAfter(5);
        String mine = rig.objects("checkpoints/").getFirst();
        tree.random("/other/x", 200_000, 1).random("/other/y/z", 200_000, 2);
        rig.options(Rig.checkpoints(0, () -> {}));
        BackupResult other = rig.backup("/other");
        assertFalse(other.resumed());
        assertEquals(List.of(mine), rig.objects("checkpoints/"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "OPEN_DIRECTORY", "LIST", "STAT", "OPEN", "READ", "STAT_OPEN", "ATTRIBUTES" })
    void cancellingAtAnyStepLeavesNothingOpenAndNothingBehind(String step) {
        fill();
        for (int n = 1; n <= 20; n += 6) {
            var cancel = new CancelToken();
            var left = new AtomicInteger(n);
            rig.files().hook((at, path, position) -> {
                if (at == Step.valueOf(step) && left.decrementAndGet() == 0) {
                    cancel.cancel();
                }
            });
            HoldfastException e;
            try {
                rig.remember(rig.open().backup(Rig.request("/data"), ProgressSink.NONE, cancel).point());
                break;
            } catch (HoldfastException cancelled) {
                e = cancelled;
            }
            assertEquals(Problem.CANCELLED, e.problem());
            assertEquals(0, rig.files().openHandles(), "open handles");
            assertEquals(List.of(), rig.objects("points/"));
            assertEquals(List.of(), rig.objects("sessions/"));
        }
        rig.files().hook((at, path, position) -> {});
        rig.backup("/data");
        rig.checkPoints();
    }

    /** Whoever cancels waits for what is being read at that moment and for nothing more. */
    @Test
    void afterCancellingHardlyAnythingIsRead() {
        tree.random("/data/large", 64 << 20, 1).random("/data/other", 64 << 20, 2);
        var cancel = new CancelToken();
        var after = new AtomicInteger();
        rig.files().hook((step, path, position) -> {
            if (step == Step.READ) {
                if (cancel.isCancelled()) {
                    after.incrementAndGet();
                } else if (position > 8 << 20) {
                    cancel.cancel();
                }
            }
        });
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> rig.open().backup(Rig.request("/data"), ProgressSink.NONE, cancel));
        assertEquals(Problem.CANCELLED, e.problem());
        assertTrue(after.get() <= Runtime.getRuntime().availableProcessors(), () -> after + " reads");
        assertEquals(0, rig.files().openHandles());
        assertEquals(List.of(), rig.objects("sessions/"));
    }

    @Test
    void interruptingTheThreadCancels() throws Exception {
        tree.random("/data/large", 16 << 20, 1);
        fill();
        var reading = new CountDownLatch(1);
        var thrown = new AtomicReference<Throwable>();
        var interrupted = new AtomicReference<Boolean>();
        rig.files().hook((step, path, position) -> {
            if (step == Step.READ && path.equals("/data/large")) {
                reading.countDown();
                LockSupport.parkNanos(20_000_000);
            }
        });
        Thread backup = Thread.ofPlatform().start(() -> {
            try {
                rig.open().backup(Rig.request("/data"), ProgressSink.NONE, new CancelToken());
            } catch (Throwable e) {
                thrown.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        assertTrue(reading.await(30, TimeUnit.SECONDS));
        backup.interrupt();
        backup.join(30_000);
        assertFalse(backup.isAlive());
        assertTrue(thrown.get() instanceof HoldfastException, () -> "thrown: " + thrown.get());
        assertEquals(Problem.CANCELLED, ((HoldfastException) thrown.get()).problem());
        assertEquals(true, interrupted.get());
        assertEquals(0, rig.files().openHandles());
        assertEquals(List.of(), rig.objects("sessions/"));
        rig.files().hook((step, path, position) -> {});
        rig.backup("/data");
        rig.checkPoints();
    }

    @Test
    void progressIsToldAndGrows() {
        fill();
        var seen = new ArrayList<Long>();
        rig.open().backup(Rig.request("/data"), progress -> seen.add(progress.files()), new CancelToken());
        assertTrue(seen.size() >= 2);
        assertEquals(seen.stream().sorted().toList(), seen);
        assertEquals(FILES + 2L, seen.getLast());
    }

    @Test
    void aRequestForTheSameItemsInAnotherWayResumesToo() {
        fill();
        crashAfter(5);
        rig.options(BackupOptions.standard("test"));
        BackupRequest nested = Rig.request("/data/d0", "/data");
        assertTrue(rig.backup(nested).resumed());
        rig.checkPoints();
    }
}
