package org.holdfast.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.backup.BackupOptions;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A backup that was cut short goes on from its last checkpoint: what that covers is not read again. */
@EnabledOnOs(OS.LINUX)
class CheckpointTest {
    private static final int DIRECTORIES = 6;
    private static final int FILE_BYTES = 200_000;

    private Bench bench;
    private Path source;
    private Map<String, byte[]> content;
    private long total;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        source = Files.createDirectory(bench.temp.resolve("source"));
        var random = new Random(11);
        for (int d = 0; d < DIRECTORIES; d++) {
            Path directory = Files.createDirectory(source.resolve("d" + d));
            for (int f = 0; f < 3; f++) {
                SampleTree.write(directory.resolve("f" + f), random, FILE_BYTES);
            }
        }
        content = SampleTree.contents(source);
        total = content.values().stream().mapToLong(b -> b.length).sum();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static List<String> checkpoints(MemoryStore store) {
        List<String> names = new ArrayList<>();
        store.list("checkpoints/", info -> names.add(info.name()));
        return names;
    }

    /** A backup that makes a checkpoint at every directory. */
    private BackupResult backup(MemoryStore store, Runnable afterCheckpoint, CancelToken cancel) {
        LocalOpenVault vault = bench.open(store);
        vault.options(new BackupOptions(2, 2, Duration.ofDays(1), 0, afterCheckpoint, "test"));
        return vault.backup(BackupRequest.of(List.of(Bench.raw(source))), ProgressSink.NONE, cancel);
    }

    private int checkpointsOfAWholeBackup() {
        var count = new AtomicInteger();
        MemoryStore store = bench.store.copy();
        assertFalse(backup(store, count::incrementAndGet, new CancelToken()).resumed());
        assertEquals(List.of(), checkpoints(store));
        return count.get();
    }

    /** Cancels after checkpoint {@code k}. */
    private void interrupt(MemoryStore store, int k) {
        var count = new AtomicInteger();
        var cancel = new CancelToken();
        var e = assertThrows(HoldfastException.class, () -> backup(store, () -> {
            if (count.incrementAndGet() == k) {
                cancel.cancel();
            }
        }, cancel));
        assertEquals(Problem.CANCELLED, e.problem());
        assertEquals(1, checkpoints(store).size(), "each checkpoint takes the place of the one before");
        assertEquals(List.of(), Bench.ids(bench.open(store)), "a checkpoint is no recovery point");
    }

    @Test
    void backupsGoOnFromEveryCheckpoint() throws IOException {
        int all = checkpointsOfAWholeBackup();
        assertTrue(all >= DIRECTORIES - 1, all + " checkpoints");
        long readBefore = total;
        for (int k = 1; k <= all; k++) {
            String when = "after checkpoint " + k + " of " + all;
            MemoryStore store = bench.store.copy();
            interrupt(store, k);
            assertEquals(List.of(), Bench.verify(bench.open(store)).damages(), when);
            // Nothing a checkpoint needs is garbage, even when the session of its backup is long gone.
            Bench.retain(bench.openLater(store), 1);
            assertEquals(1, checkpoints(store).size(), when);
            assertEquals(List.of(), Bench.verify(bench.open(store)).damages(), when);
            BackupResult result = Bench.backup(bench.open(store), source);
            assertTrue(result.resumed(), when);
            assertEquals(total - result.filesUnchanged() * FILE_BYTES, result.bytesRead(), when);
            assertTrue(result.bytesRead() <= readBefore, when + ": later checkpoints cover more");
            readBefore = result.bytesRead();
            assertEquals(List.of(), checkpoints(store), when);
            bench.requireContent(bench.open(store), result.point().id(), "source", content, when);
            assertEquals(List.of(), Bench.verify(bench.open(store)).damages(), when);
        }
        assertEquals((long) FILE_BYTES * 3, readBefore, "the last one covers all but the last directory");
    }

    /** A hook that throws stands for anything unforeseen: the failure arrives, and the checkpoint is of use. */
    @Test
    void backupsThatBreakAfterACheckpointGoOnFromIt() throws IOException {
        MemoryStore store = bench.store.copy();
        var count = new AtomicInteger();
        assertThrows(IllegalStateException.class, () -> backup(store, () -> {
            if (count.incrementAndGet() == DIRECTORIES - 2) {
                throw new IllegalStateException("made to break");
            }
        }, new CancelToken()));
        assertEquals(1, checkpoints(store).size());
        BackupResult result = Bench.backup(bench.open(store), source);
        assertTrue(result.resumed());
        assertTrue(result.bytesRead() < total);
        bench.requireContent(bench.open(store), result.point().id(), "source", content, "resumed");
    }

    /** What changed after it was covered by a checkpoint is read again. */
    @Test
    void changesSinceTheCheckpointAreNoticed() throws IOException {
        MemoryStore store = bench.store.copy();
        interrupt(store, checkpointsOfAWholeBackup());
        SampleTree.write(source.resolve("d0/f0"), new Random(12), 1000);
        Files.delete(source.resolve("d0/f1"));
        SampleTree.write(source.resolve("d1/f9"), new Random(13), 1000);
        BackupResult result = Bench.backup(bench.open(store), source);
        assertTrue(result.resumed());
        bench.requireContent(bench.open(store), result.point().id(), "source", SampleTree.contents(source), "changed");
    }
}
