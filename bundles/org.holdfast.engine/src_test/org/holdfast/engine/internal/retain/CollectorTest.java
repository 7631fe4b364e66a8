package org.holdfast.engine.internal.retain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TreeCompare;
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

/** Collections free what nothing needs, only that, and only when nobody can rely on it. */
@EnabledOnOs(OS.LINUX)
class CollectorTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final MemoryStore store = new MemoryStore();
    private TempTree temp;
    private TestVault vault;
    private Path source;

    @BeforeEach
    void open() throws IOException {
        temp = TempTree.inMemory();
        vault = new TestVault(store);
        source = Files.createDirectory(temp.resolve("source"));
    }

    @AfterEach
    void close() {
        vault.close();
        temp.close();
    }

    private Collector.Result collect() throws IOException {
        return new Collector(vault.keyless(), new CancelToken()).run();
    }

    /** Several blobs, so that some are garbage and others are not. */
    private void write(String name, int lines) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("%s %07d %s%n".formatted(name, i * 7919L % 10_000_019, "x".repeat(490)));
        }
        Files.writeString(source.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private Set<String> packs() {
        var packs = new TreeSet<>(vault.objects("data/"));
        packs.addAll(vault.objects("meta/"));
        return packs;
    }

    private void restores(Points.Stored point) throws IOException {
        Path target = temp.resolve("restored-" + System.nanoTime());
        assertEquals(List.of(), vault.restore(point, target, IfExists.COPY).warnings());
        assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source"),
                TreeCompare.Ignore.ROOT));
    }

    /** A point with garbage around it: the point before it is gone. */
    private Points.Stored withGarbage() throws IOException {
        write("garbage", 12_000);
        write("needed", 3_000);
        Points.Stored old = vault.backup(source);
        Files.delete(source.resolve("garbage"));
        Points.Stored point = vault.backup(source);
        store.delete(old.object());
        return point;
    }

    @Test
    void whatIsNeededStaysAndTheRestGoes() throws IOException {
        Points.Stored point = withGarbage();
        Collector.Result result = collect();
        assertTrue(result.bytesFreed() > 0);
        assertEquals(0, result.packsPending());
        assertEquals(List.of(), vault.objects("tombstones/"));
        restores(point);
    }

    /** A second collection finds nothing: no pack is rewritten for ever, and new packs are not taken for leftovers. */
    @Test
    void collectingAgainDoesNothing() throws IOException {
        Points.Stored point = withGarbage();
        collect();
        Set<String> packs = packs();
        for (int i = 0; i < 2; i++) {
            assertEquals(new Collector.Result(0, 0, 0, 0, 0), collect());
            assertEquals(packs, packs());
        }
        restores(point);
    }

    @Test
    void packsStayWhileABackupMayRelyOnThem() throws IOException {
        withGarbage();
        Set<String> before = packs();
        try (Session session = Session.begin(vault.keyless())) {
            assertTrue(collect().packsPending() > 0);
            assertTrue(packs().containsAll(before), "everything the session may have seen is there");
            assertTrue(collect().packsPending() > 0, "and stays as long as the session does");
            assertTrue(packs().containsAll(before));
            assertFalse(session.id().isEmpty());
        }
        assertEquals(0, collect().packsPending());
        assertFalse(packs().containsAll(before));
    }

    /**
     * Wherever a collection is, another one that comes meanwhile leaves the work to it: two could rewrite the same pack
     * and then delete each other's copies.
     */
    @Test
    void oneCollectionAtATime() throws Exception {
        withGarbage();
        boolean reached = true;
        int left = 0;
        for (int n = 1; reached; n += 3) {
            MemoryStore under = store.copy();
            TestVault one = vault.in(under);
            var stopping = new FaultyStore(under.sibling());
            Gate gate = stopping.delay(n, When.BEFORE);
            CompletableFuture<Collector.Result> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return new Collector(vault.in(stopping).keyless(), new CancelToken()).run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, task -> Thread.ofPlatform().start(task));
            while (!first.isDone() && !gate.awaitReached(Duration.ofMillis(10))) {
                assertFalse(first.isCompletedExceptionally());
            }
            reached = !first.isDone();
            Set<String> before = Set.copyOf(one.objects(""));
            Collector.Result second = new Collector(one.keyless(), new CancelToken()).run();
            if (reached && !one.objects("sessions/").isEmpty()) {
                left++;
                assertEquals(0, second.packsRemoved() + second.packsCompacted(), "at call " + n);
                assertEquals(before, Set.copyOf(one.objects("")), "at call " + n);
            }
            gate.open();
            first.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            assertEquals(List.of(), one.objects("sessions/"));
            assertEquals(List.of(), one.objects("tombstones/"));
            VerifyResult verified = one.verify(true, true);
            assertEquals(List.of(), verified.damages(), "at call " + n);
            assertEquals(0, verified.orphans(), "at call " + n);
        }
        assertTrue(left > 10, left + " times");
    }

    /** Each has opened its session before it looks for others, so one of two sees the other, or both do. */
    @Test
    void ofTwoCollectionsThatStartTogetherNoneOrOneGoesOn() {
        try (Session one = Session.beginCollection(vault.keyless());
                Session backup = Session.begin(vault.keyless());
                Session two = Session.beginCollection(vault.keyless())) {
            assertFalse(Vault.io("looking", one::onlyCollection));
            assertFalse(Vault.io("looking", two::onlyCollection));
            two.close();
            assertTrue(Vault.io("looking", one::onlyCollection), "backups do not count");
            assertFalse(backup.id().isEmpty());
        }
    }

    /** A collection that was taken for dead deletes nothing. */
    @Test
    void aCollectionThatLostItsSessionGivesUp() throws Exception {
        withGarbage();
        Set<String> before = packs();
        // The session is put first; nothing is deleted before something else has been put.
        var stopping = new FaultyStore(store.sibling(), Set.of(Call.PUT));
        Gate gate = stopping.delay(2, When.BEFORE);
        CompletableFuture<Problem> running = CompletableFuture.supplyAsync(
                () -> assertThrows(HoldfastException.class,
                        () -> new Collector(vault.in(stopping).keyless(), new CancelToken()).run()).problem(),
                task -> Thread.ofPlatform().start(task));
        assertTrue(gate.awaitReached(LONGEST));
        vault.objects("sessions/").forEach(store::delete);
        gate.open();
        assertEquals(Problem.STORE_UNAVAILABLE, running.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
        assertTrue(packs().containsAll(before));
        assertTrue(collect().packsRemoved() > 0, "the next one goes on");
    }

    /** A backup that began before the tombstone may commit a point that needs condemned packs: they are kept. */
    @Test
    void condemnedPacksThatAreNeededAgainStay() throws IOException {
        write("file", 3_000);
        Points.Stored point = vault.backup(source);
        byte[] manifest = point.bytes();
        try (Session session = Session.begin(vault.keyless())) {
            store.delete(point.object());
            assertTrue(collect().packsPending() > 0);
            try (Session other = Session.begin(vault.keyless())) {
                assertEquals(Set.of(session.id()), other.others());
            }
            store.put(point.object(), ByteBuffer.wrap(manifest));
        }
        assertEquals(0, collect().packsPending());
        restores(point);
    }

    @Test
    void packsOfABackupThatDiedAreGarbage() throws IOException {
        write("file", 3_000);
        Points.Stored point = vault.backup(source);
        Set<String> needed = packs();
        write("other", 3_000);
        Points.Stored died = vault.backup(source);
        Files.delete(source.resolve("other"));
        store.delete(died.object());
        for (String segment : vault.objects("index/")) {
            store.delete(segment);
        }
        collect();
        assertTrue(packs().size() <= needed.size() + 1 && packs().containsAll(needed), packs() + " of " + needed);
        assertFalse(vault.objects("index/").isEmpty(), "needed packs have a segment again");
        restores(point);
    }

    @Test
    void nothingIsCollectedWhenSomethingIsMissing() throws IOException {
        Points.Stored point = withGarbage();
        for (String pack : vault.objects("data/")) {
            store.delete(pack);
        }
        for (String segment : vault.objects("index/")) {
            store.delete(segment);
        }
        Set<String> before = packs();
        HoldfastException e = assertThrows(HoldfastException.class, this::collect);
        assertEquals(Problem.OBJECT_MISSING, e.problem());
        assertEquals(before, packs());
        assertFalse(vault.objects("points/").isEmpty());
        assertTrue(vault.objects("points/").contains(point.object()));
    }

    @Test
    void nothingIsCollectedWhenAManifestCannotBeRead() throws IOException {
        Points.Stored point = withGarbage();
        Set<String> before = packs();
        byte[] bytes = point.bytes().clone();
        bytes[100] ^= 1;
        store.delete(point.object());
        store.put(point.object(), ByteBuffer.wrap(bytes));
        HoldfastException e = assertThrows(HoldfastException.class, this::collect);
        assertEquals(Problem.OBJECT_DAMAGED, e.problem());
        assertTrue(e.getMessage().contains(point.object()), e.getMessage());
        assertEquals(before, packs());
    }
}
