package org.holdfast.engine.internal.retain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.IfExists;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TreeCompare;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Collections free what nothing needs, only that, and only when nobody can rely on it. */
@EnabledOnOs(OS.LINUX)
class CollectorTest {
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
            assertEquals(new Collector.Result(0, 0, 0, 0), collect());
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

    /** A backup that began before the tombstone may commit a point that needs condemned packs: they are kept. */
    @Test
    void condemnedPacksThatAreNeededAgainStay() throws IOException {
        write("file", 3_000);
        Points.Stored point = vault.backup(source);
        byte[] manifest = point.bytes();
        try (Session session = Session.begin(vault.keyless())) {
            store.delete(point.object());
            assertTrue(collect().packsPending() > 0);
            assertTrue(Set.copyOf(Session.alive(vault.keyless(), false)).contains(session.id()));
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
