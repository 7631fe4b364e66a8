package org.holdfast.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.testkit.store.FaultyStore;
import org.holdfast.testkit.store.FaultyStore.Call;
import org.holdfast.testkit.store.FaultyStore.When;
import org.holdfast.testkit.store.Gate;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Several programs work in one vault at the same time, without locks and without hurting each other. */
@EnabledOnOs(OS.LINUX)
class ConcurrentBackupTest {
    private static final int ROUNDS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Bench bench;
    private Path one;
    private Path two;

    @BeforeEach
    void overlappingTrees() throws IOException {
        bench = new Bench();
        one = tree("one", 1);
        two = tree("two", 2);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** A third of it is the same everywhere. */
    private Path tree(String name, int seed) throws IOException {
        Path tree = Files.createDirectory(bench.temp.resolve(name));
        var same = new Random(99);
        var own = new Random(seed);
        for (int f = 0; f < 4; f++) {
            SampleTree.write(tree.resolve("same" + f), same, 150_000);
            SampleTree.write(tree.resolve("own" + f), own, 300_000);
        }
        return tree;
    }

    private CompletableFuture<BackupResult> inBackground(Path tree, CyclicBarrier start) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                start.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return Bench.backup(bench.open(bench.store.sibling()), tree);
        }, task -> Thread.ofPlatform().start(task));
    }

    @Test
    void twoBackupsAtTheSameTimeBothSucceed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleTree.write(one.resolve("round"), new Random(round), 200_000);
            SampleTree.write(two.resolve("round"), new Random(round), 200_000);
            var start = new CyclicBarrier(2);
            CompletableFuture<BackupResult> first = inBackground(one, start);
            CompletableFuture<BackupResult> second = inBackground(two, start);
            String a = first.get(LONGEST.toSeconds(), TimeUnit.SECONDS).point().id();
            String b = second.get(LONGEST.toSeconds(), TimeUnit.SECONDS).point().id();
            bench.requireContent(bench.open(bench.store), a, "one", SampleTree.contents(one), "round " + round);
            bench.requireContent(bench.open(bench.store), b, "two", SampleTree.contents(two), "round " + round);
        }
        assertEquals(2 * ROUNDS, Bench.ids(bench.open(bench.store)).size());
        assertEquals(List.of(), Bench.verify(bench.open(bench.store)).damages());
    }

    /** Chunks are stored twice when both backups find them missing, and never otherwise. */
    @Test
    void onlyWhatBothFoundMissingIsStoredTwice() throws Exception {
        MemoryStore empty = bench.store.copy();
        long first = Bench.backup(bench.open(bench.store.copy()), one).newChunks();
        long alone = Bench.backup(bench.open(empty), two).newChunks();
        long second = Bench.backup(bench.open(empty), one).newChunks();
        long shared = first - second;
        assertTrue(shared > 0 && second > 0, () -> shared + " of " + first);

        // One of them knows its chunks, and has stored none, while the other runs from its start to its end.
        var stopping = new FaultyStore(bench.store.sibling(), Set.of(Call.COMMIT));
        Gate gate = stopping.delay(1, When.BEFORE);
        CompletableFuture<BackupResult> running = CompletableFuture.supplyAsync(
                () -> Bench.backup(bench.open(stopping), one), task -> Thread.ofPlatform().start(task));
        BackupResult whole;
        try {
            assertTrue(gate.awaitReached(LONGEST));
            whole = Bench.backup(bench.open(bench.store.sibling()), two);
        } finally {
            gate.open();
        }
        BackupResult overlapped = running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        assertEquals(alone, whole.newChunks());
        assertEquals(first, overlapped.newChunks());
        for (Path tree : List.of(one, two)) {
            BackupResult again = bench.open(bench.store).backup(
                    new BackupRequest(List.of(Bench.raw(tree)), Exclusions.NONE, new ChangeDetection(true, true, true),
                            0,
                            null, null),
                    ProgressSink.NONE, new CancelToken());
            assertEquals(0, again.newChunks(), "everything is known now");
            assertEquals(0, again.point().storedBytes());
        }
        bench.requireContent(bench.open(bench.store), overlapped.point().id(), "one", SampleTree.contents(one), "one");
        bench.requireContent(bench.open(bench.store), whole.point().id(), "two", SampleTree.contents(two), "two");
    }

    /** The newest points of both trees stay, and the doubled chunks of simultaneous backups do no harm. */
    @Test
    void retentionAfterSimultaneousBackupsKeepsWhatIsNeeded() throws Exception {
        var start = new CyclicBarrier(2);
        CompletableFuture<BackupResult> first = inBackground(one, start);
        CompletableFuture<BackupResult> second = inBackground(two, start);
        String a = first.get(LONGEST.toSeconds(), TimeUnit.SECONDS).point().id();
        String b = second.get(LONGEST.toSeconds(), TimeUnit.SECONDS).point().id();
        Bench.retain(bench.openLater(bench.store), 1);
        assertEquals(Set.of(a, b), Set.copyOf(Bench.ids(bench.open(bench.store))));
        assertEquals(List.of(), Bench.verify(bench.open(bench.store)).damages());
        bench.requireContent(bench.open(bench.store), a, "one", SampleTree.contents(one), "one");
        bench.requireContent(bench.open(bench.store), b, "two", SampleTree.contents(two), "two");
    }

    /**
     * A backup stands still, having found that the vault has its chunks, while the only point that needs them goes and
     * a collection runs: its packs stay until it has committed.
     */
    @Test
    void collectionsLeaveWhatARunningBackupReliesOn() throws Exception {
        Path old = Files.createDirectory(bench.temp.resolve("old"));
        for (int f = 0; f < 4; f++) {
            Files.copy(one.resolve("same" + f), old.resolve("same" + f));
        }
        Bench.backup(bench.open(bench.store), old);
        for (int f = 0; f < 4; f++) {
            Files.delete(old.resolve("same" + f));
        }
        SampleTree.write(old.resolve("else"), new Random(5), 1000);
        Bench.backup(bench.open(bench.store), old);

        // Stops when everything is known and the first new pack is about to be committed.
        var stopping = new FaultyStore(bench.store.sibling(), Set.of(Call.COMMIT));
        Gate gate = stopping.delay(1, When.BEFORE);
        CompletableFuture<BackupResult> running = CompletableFuture.supplyAsync(
                () -> Bench.backup(bench.open(stopping), one), task -> Thread.ofPlatform().start(task));
        try {
            assertTrue(gate.awaitReached(LONGEST), "the backup has something to store");
            RetainResult result = Bench.retain(bench.open(bench.store.sibling()), 1);
            assertEquals(1, result.removed().size());
            assertEquals(0, result.packsRemoved());
            assertTrue(result.packsPending() > 0, "there was something to lose");
        } finally {
            gate.open();
        }
        BackupResult result = running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        bench.requireContent(bench.open(bench.store), result.point().id(), "one", SampleTree.contents(one), "running");
        for (int i = 0; i < 2; i++) {
            Bench.retain(bench.open(bench.store), 1);
            assertEquals(List.of(), Bench.verify(bench.open(bench.store)).damages());
            bench.requireContent(bench.open(bench.store), result.point().id(), "one", SampleTree.contents(one),
                    "collected");
        }
    }

    /** A backup that starts when packs are condemned already does not rely on them. */
    @Test
    void backupsStoreAgainWhatIsAboutToGo() throws Exception {
        Bench.backup(bench.open(bench.store), one);
        for (int f = 0; f < 4; f++) {
            Files.move(one.resolve("same" + f), two.resolve("moved" + f));
        }
        Bench.backup(bench.open(bench.store), one);
        Path third = tree("third", 3);
        var stopping = new FaultyStore(bench.store.sibling(), Set.of(Call.COMMIT));
        Gate gate = stopping.delay(1, When.BEFORE);
        CompletableFuture<BackupResult> running = CompletableFuture.supplyAsync(
                () -> Bench.backup(bench.open(stopping), third), task -> Thread.ofPlatform().start(task));
        try {
            assertTrue(gate.awaitReached(LONGEST));
            assertTrue(Bench.retain(bench.open(bench.store.sibling()), 1).packsPending() > 0);
            Bench.backup(bench.open(bench.store.sibling()), two);
        } finally {
            gate.open();
        }
        running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        Bench.retain(bench.open(bench.store), 1);
        assertEquals(List.of(), Bench.verify(bench.open(bench.store)).damages());
        for (var point : bench.open(bench.store).points()) {
            bench.restore(bench.open(bench.store), point.id());
        }
    }
}
