package org.holdfast.engine.internal.browse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.testkit.store.FaultyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listing what recovery points hold, by every kind of path, and how it differs from the point before. */
@Timeout(60)
class BrowserTest {
    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Listing list(PointSummary point, String path) {
        return rig.open().list(point.id(), RawPath.of(path), 0, Integer.MAX_VALUE);
    }

    private static List<String> names(Listing listing) {
        return listing.entries().stream().map(Entry::name).toList();
    }

    private Map<String, Change> changes(PointSummary point, String path) {
        var changes = new TreeMap<String, Change>();
        list(point, path).entries().forEach(e -> changes.put(e.name(), e.change()));
        return changes;
    }

    private static void problem(Problem expected, Runnable call) {
        assertEquals(expected, assertThrows(HoldfastException.class, call::run).problem());
    }

    @Test
    void directoriesAreFoundByEveryKindOfPath() {
        tree.file("/srv/data/a/one", text("1")).file("/srv/data/b/two", text("22")).file("/srv/other/x", text("x"));
        PointSummary point = rig.backup("/srv/data/a", "/srv/data/b").point();
        assertEquals("/srv/data", point.base().toString());
        for (String root : List.of("", "/srv/data", "/srv", "/")) {
            Listing listing = list(point, root);
            assertEquals(List.of("a", "b"), names(listing), root);
            assertEquals("/srv/data/a", listing.entries().getFirst().path().toString(), root);
        }
        for (String a : List.of("a", "/srv/data/a")) {
            Listing listing = list(point, a);
            assertEquals(1, listing.total());
            assertEquals("/srv/data/a/one", listing.entries().getFirst().path().toString());
        }
        assertEquals("two", rig.open().entry(point.id(), RawPath.of("b/two")).name());
        assertEquals(2, rig.open().entry(point.id(), RawPath.of("/srv/data/b/two")).size());
        for (String missing : List.of("c", "a/two", "a/one/below", "/srv/other", "/srv/data/c", "/srvdata")) {
            problem(Problem.PATH_NOT_FOUND, () -> list(point, missing));
            problem(Problem.PATH_NOT_FOUND, () -> rig.open().entry(point.id(), RawPath.of(missing)));
        }
        problem(Problem.PATH_NOT_FOUND, () -> list(point, "a/one"));
        problem(Problem.POINT_NOT_FOUND, () -> rig.open().list("0123", RawPath.EMPTY, 0, 1));
    }

    @Test
    void aLargeDirectoryIsReadInParts() {
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            tree.file("/data/big/f%05d".formatted(i), text("content " + i));
        }
        tree.random("/data/large", 3 << 20, 1);
        PointSummary point = rig.backup("/data").point();
        var counting = new FaultyStore(rig.store());
        LocalOpenVault vault = rig.open(counting, rig.files());
        RawPath big = RawPath.of("/data/big");
        Listing first = vault.list(point.id(), big, 0, 100);
        assertEquals(n, first.total());
        assertEquals(IntStream.range(0, 100).mapToObj("f%05d"::formatted).toList(), names(first));
        int before = counting.calls();
        Listing middle = vault.list(point.id(), big, 9_950, 100);
        assertEquals(IntStream.range(9_950, 10_050).mapToObj("f%05d"::formatted).toList(), names(middle));
        assertEquals("f19999", vault.entry(point.id(), big.child("f19999")).name());
        assertTrue(counting.calls() - before < 12, () -> "calls: " + counting.log());
        assertTrue(counting.log().stream().noneMatch(line -> line.contains(" data/")), () -> "calls: "
                + counting.log());

        int parts = 0;
        for (int from = 0; from < n; from += 777) {
            parts += vault.list(point.id(), big, from, 777).entries().size();
        }
        assertEquals(n, parts);
        assertEquals(new Listing(List.of(), n), vault.list(point.id(), big, n, 10));
        assertEquals(new Listing(List.of(), n), vault.list(point.id(), big, 0, 0));
        problem(Problem.INVALID_REQUEST, () -> vault.list(point.id(), big, -1, 10));
        problem(Problem.INVALID_REQUEST, () -> vault.list(point.id(), big, 0, -1));
    }

    @Test
    void entriesHaveWhatTheSystemTold() {
        tree.file("/data/file", text("12345")).owner("/data/file", 7, 8).mode("/data/file", 06751)
                .modified("/data/file", -86_400, 999_999_999);
        tree.link("/data/link", "gone/\u00fc").directory("/data/dir/a").directory("/data/dir/b");
        tree.special("/data/fifo", 0010600, 0).special("/data/socket", 0140600, 0)
                .special("/data/tty", 0020600, 4L << 32 | 64).special("/data/disk", 0060600, 8L << 32 | 1);
        PointSummary point = rig.backup("/data").point();
        Entry file = rig.open().entry(point.id(), RawPath.of("/data/file"));
        assertEquals(new Entry(RawPath.of("/data/file"), EntryType.FILE, 5,
                Instant.ofEpochSecond(-86_400, 999_999_999), 06751, 7, 8, "user7", "group8", null, Change.UNKNOWN),
                file);
        Entry link = rig.open().entry(point.id(), RawPath.of("/data/link"));
        assertEquals(EntryType.SYMBOLIC_LINK, link.type());
        assertEquals("gone/\u00fc", link.linkTarget());
        Entry directory = rig.open().entry(point.id(), RawPath.of("/data/dir"));
        assertEquals(EntryType.DIRECTORY, directory.type());
        assertEquals(2, directory.size());
        assertNull(directory.linkTarget());
        var types = new TreeMap<String, EntryType>();
        list(point, "/data").entries().forEach(e -> types.put(e.name(), e.type()));
        assertEquals(Map.of("file", EntryType.FILE, "link", EntryType.SYMBOLIC_LINK, "dir", EntryType.DIRECTORY,
                "fifo", EntryType.FIFO, "socket", EntryType.SOCKET, "tty", EntryType.CHARACTER_DEVICE, "disk",
                EntryType.BLOCK_DEVICE), types);
    }

    @Test
    void namesAreBytes() {
        byte[] odd = { 'a', (byte) 0xff, '\n' };
        RawPath data = RawPath.of("/data");
        tree.file(data.child(odd), text("odd")).file("/data/b", text("b")).file("/data/\u00e4", text("umlaut"))
                .file("/data/A", text("capital"));
        PointSummary point = rig.backup("/data").point();
        List<byte[]> names = list(point, "/data").entries().stream().map(e -> e.path().name()).toList();
        assertEquals(4, names.size());
        for (int i = 1; i < names.size(); i++) {
            assertTrue(Arrays.compareUnsigned(names.get(i - 1), names.get(i)) < 0, "they rise");
        }
        Entry entry = rig.open().entry(point.id(), data.child(odd));
        assertArrayEquals(odd, entry.path().name());
        assertEquals(3, entry.size());
    }

    @Test
    void changesAreToldAgainstThePointBefore() {
        for (String name : List.of("same", "content", "time", "mode", "attribute", "type", "gone")) {
            tree.file("/data/d/" + name, text("something"));
        }
        tree.file("/data/quiet/x", text("x")).file("/data/busy/x", text("x"));
        PointSummary first = rig.backup("/data").point();
        assertEquals(Map.of("busy", Change.UNKNOWN, "d", Change.UNKNOWN, "quiet", Change.UNKNOWN),
                changes(first, "/data"));

        tree.file("/data/d/content", text("something else")).modified("/data/d/time", 5, 6).mode("/data/d/mode", 0600)
                .attribute("/data/d/attribute", "user.note", text("hi")).remove("/data/d/type")
                .directory("/data/d/type").remove("/data/d/gone").file("/data/d/new", text("new"))
                .file("/data/busy/y", text("y")).file("/data/fresh/z", text("z"));
        PointSummary second = rig.backup("/data").point();
        assertEquals(Map.of("same", Change.UNCHANGED, "content", Change.CHANGED, "time", Change.CHANGED, "mode",
                Change.CHANGED, "attribute", Change.CHANGED, "type", Change.CHANGED, "new", Change.NEW),
                changes(second, "/data/d"));
        assertEquals(Map.of("busy", Change.CHANGED, "d", Change.CHANGED, "quiet", Change.UNCHANGED, "fresh",
                Change.NEW), changes(second, "/data"));
        assertEquals(Map.of("z", Change.NEW), changes(second, "/data/fresh"));
        assertEquals(Change.CHANGED, rig.open().entry(second.id(), RawPath.of("/data/d/content")).change());
        assertEquals(Change.UNCHANGED, rig.open().entry(second.id(), RawPath.of("/data/quiet/x")).change());
    }

    @Test
    void otherServersAndOtherItemsAreNotCompared() {
        tree.file("/data/x", text("x")).file("/srv/y", text("y"));
        PointSummary mine = rig.backup("/data").point();
        tree.file("/data/x", text("changed"));
        PointSummary theirs = rig.backup(new BackupRequest(List.of(RawPath.of("/data")), Exclusions.NONE,
                ChangeDetection.DEFAULT, 0, null, "another server")).point();
        assertEquals(Map.of("x", Change.UNKNOWN), changes(theirs, "/data"), "its first point");
        rig.backup("/srv/y");
        tree.file("/data/z", text("z"));
        PointSummary next = rig.backup("/data").point();
        assertEquals(Map.of("x", Change.CHANGED, "z", Change.NEW), changes(next, "/data"));
        assertEquals(Map.of("x", Change.UNKNOWN), changes(mine, "/data"));
    }

    /** An open vault goes on when packs are rewritten under its feet, and knows when a point has gone. */
    @Test
    void collectionsMeanwhileAreNoticed() {
        for (int i = 0; i < 3000; i++) {
            tree.file("/data/d%02d/file-%04d".formatted(i / 100, i), FakeTree.bytes(400, i));
        }
        PointSummary first = rig.backup("/data").point();
        LocalOpenVault vault = rig.open();
        assertEquals(100, vault.list(first.id(), RawPath.of("/data/d07"), 0, 1000).total());
        for (int d = 0; d < 30; d++) {
            if (d != 7) {
                tree.remove("/data/d%02d".formatted(d));
            }
        }
        PointSummary second = rig.backup("/data").point();
        assertEquals(100, vault.list(second.id(), RawPath.of("/data/d07"), 0, 1000).total());
        rig.drop(first);
        for (int i = 0; i < 3; i++) {
            rig.clock().advance(Duration.ofHours(2));
            rig.collect(rig.store());
        }
        assertEquals(100, vault.list(second.id(), RawPath.of("/data/d07"), 0, 1000).total());
        assertEquals(List.of("d07"), names(vault.list(second.id(), RawPath.of("/data"), 0, 10)));
        problem(Problem.POINT_NOT_FOUND, () -> vault.list(first.id(), RawPath.of("/data/d23"), 0, 1000));
    }
}
