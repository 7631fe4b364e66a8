package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.engine.internal.browse.PointTree;
import org.holdfast.engine.internal.fake.FakeFiles;
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

/** A tree and a vault, and what is to be true of interrupted backups. */
final class Interrupted implements AutoCloseable {
    static final FakeFiles.Hook NOTHING = (step, path, position) -> {};
    static final ChangeDetection READ_ALL = new ChangeDetection(true, true, true);

    /** Ends a backup as a crash does. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final Rig rig = new Rig();
    private Map<String, Long> lastRead = Map.of();

    Interrupted(Consumer<FakeTree> fill) {
        fill.accept(rig.tree());
    }

    /** Reads as a disk does that gives 100 MB/s, so that whoever is to make checkpoints has a chance to. */
    static FakeFiles.Hook slowly() {
        var last = new ConcurrentHashMap<String, Long>();
        return (step, path, position) -> {
            if (step == Step.READ) {
                Long before = last.put(path, position);
                LockSupport.parkNanos(10 * (position - (before == null ? 0 : before)));
            }
        };
    }

    /** Makes a checkpoint after so many bytes, again and again, and crashes after some; false when it ended. */
    boolean crashAfter(int checkpoints, long every) {
        return crashAfter(checkpoints, every, slowly());
    }

    boolean crashAfter(int checkpoints, long every, FakeFiles.Hook meanwhile) {
        rig.files().hook(meanwhile);
        var left = new AtomicInteger(checkpoints);
        rig.options(Rig.checkpoints(every, () -> {
            if (left.decrementAndGet() == 0) {
                throw new Crash();
            }
        }));
        try {
            rig.remember(rig.backup(rig.store(), Rig.request("/data")).point());
            return false;
        } catch (Crash e) {
            return true;
        } finally {
            rig.options(BackupOptions.standard("test"));
            rig.files().hook(NOTHING);
            assertEquals(0, rig.files().openHandles());
        }
    }

    /** What the checkpoints have: bytes of each file from its start. */
    Map<String, Long> covered() {
        List<Points.Stored> all = new Points(rig.vault()).list(Points.CHECKPOINTS, true, (object, detail) -> {
            throw new AssertionError(object + " " + detail);
        });
        assertFalse(all.isEmpty(), "there is no checkpoint");
        var found = new TreeMap<String, Long>();
        try (var reader = new MetaReader(rig.vault(), ChunkIndex.forReading(rig.vault(), PackKind.values()))) {
            for (Points.Stored one : all) {
                var details = one.manifest().details();
                walk(new PointTree(reader, details), details.root(), "/", found);
            }
        }
        return found;
    }

    private static void walk(PointTree tree, DirectoryBody directory, String prefix, Map<String, Long> into) {
        try {
            for (int i = 0; i < directory.pages().size(); i++) {
                Page page = tree.reader().page(directory, i);
                for (int row = 0; row < page.count; row++) {
                    String path = prefix + new String(page.name(row), StandardCharsets.UTF_8);
                    if (page.bodyKind(row) == Body.DIRECTORY) {
                        walk(tree, page.directory(row), path + "/", into);
                    } else if ((page.flags[row] & Page.PARTIAL) != 0) {
                        assertNotEquals(0, page.flags[row] & Page.INCONSISTENT, "nobody takes it for the file");
                        into.merge(path, PartialFile.of(page, row, tree.reader()).position(), Math::max);
                    } else {
                        into.merge(path, page.size[row], Math::max);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Backs up again; nothing that the checkpoint has is read. */
    BackupResult resume() {
        Map<String, Long> covered = covered();
        rig.files().hook((step, path, position) -> {
            if (step == Step.READ) {
                assertTrue(position >= covered.getOrDefault(path, 0L), () -> path + " again at " + position);
            }
        });
        return again();
    }

    /** Backs up again, whatever is read. */
    BackupResult again() {
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        rig.files().hook(NOTHING);
        assertTrue(result.resumed());
        assertEquals(List.of(), rig.objects("checkpoints/"));
        assertEquals(List.of(), result.warnings());
        rig.checkPoints();
        sameAsInOneGo();
        return result;
    }

    /** A backup that reads everything in one go finds the very same chunks, lists and pages. */
    void sameAsInOneGo() {
        Map<String, Long> read = rig.files().read();
        BackupResult whole = rig.backup(Rig.request(Exclusions.NONE, READ_ALL, "/data"));
        assertEquals(0, whole.newChunks());
        assertEquals(0, whole.point().storedBytes());
        rig.files().forget();
        lastRead = read;
    }

    /** Bytes of a file that the backup before the last check has read. */
    long read(String path) {
        return lastRead.getOrDefault(path, 0L);
    }

    @Override
    public void close() {
        rig.files().hook(NOTHING);
        rig.close();
    }
}
