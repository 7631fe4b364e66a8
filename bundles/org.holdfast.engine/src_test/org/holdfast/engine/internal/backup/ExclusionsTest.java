package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Excluded;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exclusions leave out, and that the preview says the same. */
@Timeout(60)
class ExclusionsTest {
    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.close();
    }

    private void files(String... paths) {
        for (String path : paths) {
            if (path.endsWith("/")) {
                tree.directory(path);
            } else {
                tree.file(path, path.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static Exclusions globs(String... globs) {
        return new Exclusions(List.of(globs), -1, false, List.of(), false);
    }

    /** Backs up with exclusions; returns what is in the point, and checks that the preview told all the rest. */
    private TreeSet<String> backup(Exclusions exclusions) {
        return backup(exclusions, "/data");
    }

    private TreeSet<String> backup(Exclusions exclusions, String... items) {
        var previewed = new ArrayList<Excluded>();
        rig.open().previewExclusions(Rig.request(exclusions, items), previewed::add, new CancelToken());
        BackupResult result = rig.backup(rig.store(), Rig.request(exclusions, items));
        assertEquals(List.of(), result.warnings());
        var there = new TreeSet<>(rig.restore(rig.store(), result.point().id()).keySet());
        String base = result.point().base().toString().equals("/") ? "" : result.point().base() + "/";
        var left = new TreeSet<>(tree.describe(result.point().base().toString()).keySet());
        var told = new TreeSet<String>();
        for (Excluded excluded : previewed) {
            String path = excluded.path().toString().substring(base.isEmpty() ? 1 : base.length());
            assertTrue(told.add(path), () -> path + " is told twice");
            assertTrue(excluded.reason().length() > 5, excluded::reason);
            // What is on another file system stays as an empty directory.
            boolean stays = there.contains(path);
            left.removeIf(p -> p.equals(path) && !stays || p.startsWith(path + "/"));
            assertEquals(isDirectory(excluded.path()), excluded.directory(), () -> excluded + " has the wrong type");
        }
        if (items.length == 1) {
            assertEquals(left, there, "what the preview leaves");
        }
        assertEquals(previewed.size(), result.excluded());
        return there;
    }

    private boolean isDirectory(RawPath path) {
        String line = tree.describe(path.parent()).get(RawPath.displayOf(path.name()));
        return line.startsWith("04");
    }

    private static TreeSet<String> set(String... names) {
        return new TreeSet<>(Arrays.asList(names));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "*.tmp            | a.tmp d d/b.tmp d/e d/e/c.tmp | d d/e",
            "?.tmp            | a.tmp ab.tmp | ab.tmp",
            "d                | d d/a e e/d e/f | e e/f",
            "d/               | d d/a e e/d e/f | e e/f",
            "d/a              | d d/a d/b e e/d e/d/a e/d/c xd xd/a | d d/b e e/d e/d/c xd xd/a",
            "/data/d/a        | d d/a d/b e e/d e/d/a | d d/b e e/d e/d/a",
            "/data/d/         | d d/a e e/d e/d/a | e e/d e/d/a",
            "/data/*/a        | a d d/a d/e d/e/a | a d d/e d/e/a",
            "/data/**/a       | a b d d/a d/e d/e/a d/e/b | b d d/e d/e/b",
            "/data/d/**       | d d/a d/e d/e/a e | d e",
            "d/**             | d d/a d/e d/e/a e e/d e/d/f | d e e/d",
            "**/a             | a b d d/a | b d",
            "d*/a             | d d/a dx dx/a dx/b e e/a | d dx dx/b e e/a",
            "**cache**        | a cache cache/b mycache2 d d/xcachex | a d",
            "/data/d/**/z     | d d/z d/e d/e/z d/e/y z | d d/e d/e/y z",
            "[abc].txt        | a.txt b.txt d.txt | d.txt",
            "[a-c].txt        | a.txt c.txt d.txt -.txt | -.txt d.txt",
            "[!a-c].txt       | a.txt d.txt | a.txt",
            "[^a-c].txt       | a.txt d.txt | a.txt",
            "[]a].txt         | ].txt a.txt b.txt | b.txt",
            "[a-].txt         | a.txt -.txt b.txt | b.txt",
            "x[.]y            | x.y xzy | xzy",
            "*.{o,class,py[co]} | a.o b.class c.pyc d.pyo e.py o | e.py o",
            "{a,b{1,2}}       | a b b1 b2 | b",
            "/data/{d,e}/x    | d d/x e e/x f f/x | d e f f/x",
            "{d/x,e/y}        | d d/x d/y e e/x e/y | d d/y e e/x",
            "a,b              | a,b a b | a b",
            "*                | a d d/b | ",
            "**               | a d d/b | ",
            "*.TMP            | a.tmp b.TMP | a.tmp",
            "a+b(c)$^.        | a+b(c)$^. aab(c)$^x | aab(c)$^x",
            "\\*              | * a | a",
            "\\{a,b\\}        | {a,b} a b | a b",
            "[[a]             | [ a b | b",
            "[&&a]            | & a b | b",
            "}                | } a | a",
            "data             | a data d d/data | a d",
    })
    void globsLeaveOut(String glob, String all, String rest) {
        for (String name : all.split(" ")) {
            boolean directory = Arrays.stream(all.split(" ")).anyMatch(n -> n.startsWith(name + "/"));
            files("/data/" + name + (directory ? "/" : ""));
        }
        // What is named as an item is never left out itself.
        TreeSet<String> expected = set("data");
        if (rest != null) {
            for (String name : rest.split(" ")) {
                expected.add("data/" + name);
            }
        }
        assertEquals(expected, backup(globs(glob)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "caf?", "caf[\u00e9]", "caf[\u00e0-\u00ff]", "[!x]af\u00e9", "c*\u00e9", "????",
            "ca{f\u00e9,t}",
            "[\u65e5a-z]*" })
    void aCharacterIsACharacterHoweverManyBytesItHas(String glob) {
        files("/data/caf\u00e9", "/data/X-\u65e5\u672c\u8a9e");
        assertEquals(set("data", "data/X-\u65e5\u672c\u8a9e"), backup(globs(glob)));
    }

    @Test
    void bytesThatAreNoTextAreCharactersToo() {
        RawPath odd = RawPath.of("/data").child(new byte[] { 'a', (byte) 0xff, 'b' });
        tree.file(odd, new byte[1]).file(RawPath.of("/data").child(new byte[] { 'x', (byte) 0xc3 }), new byte[1]);
        files("/data/keep");
        assertEquals(set("data", "data/keep"), backup(globs("a?b", "x[!a]")));
        assertEquals(set("data", "data/keep"), backup(globs("/data/a*b", "**/x?")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "[abc", "{a,b", "a\\", "[z-a]", "[" })
    void patternsThatMakeNoSenseAreRefused(String glob) {
        files("/data/a");
        HoldfastException e = assertThrows(HoldfastException.class, () -> backup(globs(glob)));
        assertEquals(Problem.INVALID_REQUEST, e.problem());
        assertTrue(e.getMessage().contains(glob), e.getMessage());
        assertEquals(List.of(), rig.objects("points/"));
        assertEquals(List.of(), rig.objects("sessions/"));
    }

    @Test
    void filesAboveASizeButNoDirectories() {
        tree.random("/data/at", 1000, 1).random("/data/above", 1001, 2).random("/data/d/huge", 100_000, 3);
        tree.link("/data/link", "x".repeat(2000));
        assertEquals(set("data", "data/at", "data/d", "data/link"),
                backup(new Exclusions(List.of(), 1000, false, List.of(), false)));
        assertEquals(set("data", "data/d", "data/link"),
                backup(new Exclusions(List.of(), 0, false, List.of(), false)));
    }

    @Test
    void theContentOfCacheDirectoriesWithAValidTag() {
        tree.file("/data/cache/CACHEDIR.TAG",
                "Signature: 8a477f597d28d172789f06886806bc55\n# made by\n".getBytes(StandardCharsets.US_ASCII));
        files("/data/cache/a", "/data/cache/sub/b", "/data/other/CACHEDIR.TAG", "/data/other/c",
                "/data/dir/CACHEDIR.TAG/x");
        var all = set("data", "data/cache", "data/cache/CACHEDIR.TAG", "data/cache/a", "data/cache/sub",
                "data/cache/sub/b", "data/dir", "data/dir/CACHEDIR.TAG", "data/dir/CACHEDIR.TAG/x", "data/other",
                "data/other/CACHEDIR.TAG", "data/other/c");
        assertEquals(all, backup(new Exclusions(List.of(), -1, false, List.of(), false)));
        all.removeIf(p -> p.startsWith("data/cache/"));
        assertEquals(all, backup(new Exclusions(List.of(), -1, true, List.of(), false)));
    }

    @Test
    void theContentOfDirectoriesWithAMarker() {
        files("/data/a/.nobackup", "/data/a/x", "/data/a/b/y", "/data/c/.skip", "/data/c/z", "/data/keep");
        assertEquals(set("data", "data/a", "data/c", "data/c/.skip", "data/c/z", "data/keep"), backup(Exclusions.NONE));
        assertEquals(set("data", "data/a", "data/c", "data/keep"),
                backup(new Exclusions(List.of(), -1, false, List.of(".nobackup", ".skip"), false)));
    }

    @Test
    void otherFileSystemsStayAsEmptyDirectories() {
        files("/data/a/x", "/data/mounted/y", "/data/b/mounted/z");
        tree.device("/data/mounted", 77).device("/data/b/mounted", 78);
        assertEquals(set("data", "data/a", "data/a/x", "data/b", "data/b/mounted", "data/mounted"),
                backup(new Exclusions(List.of(), -1, false, List.of(), true)));
    }

    @Test
    void everyItemMayBeOnAFileSystemOfItsOwn() {
        files("/data/one/x", "/data/two/y", "/data/two/z/w");
        tree.device("/data/two", 77).device("/data/two/z", 77).device("/data/two/z/w", 77);
        assertEquals(set("one", "one/x", "two", "two/y", "two/z", "two/z/w"),
                backup(new Exclusions(List.of(), -1, false, List.of(), true), "/data/one", "/data/two"));
    }

    @Test
    void exclusionsCountFromTheRootOfTheServerWhateverTheItems() {
        files("/srv/a/tmp/x", "/srv/a/keep", "/srv/b/tmp/y", "/srv/b/z");
        assertEquals(set("a", "a/keep", "b", "b/tmp", "b/tmp/y", "b/z"),
                backup(globs("/srv/a/tmp"), "/srv/a", "/srv/b"));
    }

    @Test
    void whatIsLeftOutIsGoneFromTheNextPointAndComesBack() {
        files("/data/a.tmp", "/data/b");
        assertEquals(set("data", "data/a.tmp", "data/b"), backup(globs()));
        assertEquals(set("data", "data/b"), backup(globs("*.tmp")));
        assertEquals(set("data", "data/a.tmp", "data/b"), backup(globs()));
    }

    @Test
    void thePointSaysWhatWasLeftOut() {
        files("/data/a.tmp", "/data/b");
        BackupResult result = rig.backup(rig.store(),
                Rig.request(new Exclusions(List.of("*.tmp", "/x/**"), 5000, true, List.of(".no"), true), "/data"));
        List<String> told = rig.open().details(result.point().id()).exclusions();
        assertEquals(List.of("*.tmp", "/x/**"), told.subList(0, 2));
        assertEquals(6, told.size());
        assertEquals(1, result.excluded());
    }
}
