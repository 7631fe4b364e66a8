package org.holdfast.engine.internal.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.testkit.store.FaultyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Searching names over recovery points: what matches, in which versions, and in how many points. */
@Timeout(60)
class FinderTest {
    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<FindHit> find(FindRequest request) {
        var hits = new ArrayList<FindHit>();
        rig.open().find(request, hits::add, ProgressSink.NONE, new CancelToken());
        return hits;
    }

    private Set<String> paths(String pattern) {
        return paths(FindRequest.of(pattern));
    }

    private Set<String> paths(FindRequest request) {
        var paths = new TreeSet<String>();
        find(request).forEach(hit -> assertTrue(paths.add(hit.entry().path().toString()), "told twice: " + hit));
        return paths;
    }

    @Test
    void patternsMatchNamesOrWholePaths() {
        tree.file("/srv/Report.txt", text("1")).file("/srv/a/report.txt", text("2"))
                .file("/srv/a/b/report.doc", text("3")).file("/srv/report/x", text("4"))
                .file("/srv/m\u00fcll.txt", text("5"));
        rig.backup("/srv");
        assertEquals(Set.of("/srv/Report.txt", "/srv/a/report.txt"), paths("report.txt"));
        assertEquals(Set.of("/srv/Report.txt"), paths("Report.txt"), "capitals count when there are any");
        assertEquals(Set.of("/srv/report", "/srv/Report.txt", "/srv/a/report.txt", "/srv/a/b/report.doc"),
                paths("report*"));
        assertEquals(Set.of("/srv/a/report.txt"), paths("a/*.txt"));
        assertEquals(Set.of("/srv/a/report.txt", "/srv/a/b/report.doc"), paths("/srv/a/**/report.*"));
        assertEquals(Set.of("/srv/Report.txt", "/srv/m\u00fcll.txt"), paths("/srv/*.txt"));
        assertEquals(Set.of("/srv/m\u00fcll.txt"), paths("m?ll.txt"), "one character, two bytes");
        assertEquals(Set.of("/srv/m\u00fcll.txt"), paths("*\u00fc*"));
        assertEquals(Set.of(), paths("report.pdf"));
        assertEquals(Set.of("/srv"), paths("srv"));
    }

    @Test
    void namesThatAreNoTextAreFoundToo() {
        RawPath odd = RawPath.of("/data").child(new byte[] { 'x', (byte) 0xff, '.', 'l', 'o', 'g' });
        tree.file(odd, text("odd")).file("/data/even.log", text("even"));
        rig.backup("/data");
        List<FindHit> hits = find(FindRequest.of("x*.log"));
        assertEquals(List.of(odd), hits.stream().map(hit -> hit.entry().path()).toList());
        assertEquals(2, find(FindRequest.of("*.log")).size());
    }

    @Test
    void sizesAndTimesNarrowTheSearch() {
        for (int i = 1; i <= 5; i++) {
            tree.file("/data/f" + i, new byte[i * 100]).modified("/data/f" + i, i * 1000, 0);
        }
        rig.backup("/data");
        assertEquals(Set.of("/data/f2", "/data/f3"), paths(new FindRequest("f*", List.of(), 200, 300, null, null)));
        assertEquals(Set.of("/data/f4", "/data/f5"), paths(new FindRequest("f*", List.of(), 301, -1, null, null)));
        assertEquals(Set.of("/data/f3", "/data/f4"), paths(new FindRequest("f*", List.of(), -1, -1,
                Instant.ofEpochSecond(3000), Instant.ofEpochSecond(4000))));
        assertEquals(Set.of("/data/f5"), paths(new FindRequest("f*", List.of(), -1, -1,
                Instant.ofEpochSecond(4000, 1), null)));
    }

    /** A hit names the newest point with that version and counts the older ones. */
    @Test
    void versionsAreToldOnceWithTheNumberOfTheirPoints() {
        var points = new ArrayList<PointSummary>();
        tree.file("/data/notes", text("one")).file("/data/still", text("same"));
        points.add(rig.backup("/data").point());
        points.add(rig.backup("/data").point());
        tree.file("/data/notes", text("two"));
        points.add(rig.backup("/data").point());
        tree.remove("/data/notes");
        points.add(rig.backup("/data").point());
        tree.file("/data/notes", text("three"));
        points.add(rig.backup("/data").point());

        List<FindHit> notes = find(FindRequest.of("notes"));
        assertEquals(List.of(points.get(4).id(), points.get(2).id(), points.get(1).id()),
                notes.stream().map(hit -> hit.point().id()).toList());
        assertEquals(List.of(0, 0, 1), notes.stream().map(FindHit::alsoIn).toList());
        assertEquals(List.of(5L, 3L, 3L), notes.stream().map(hit -> hit.entry().size()).toList());
        List<FindHit> still = find(FindRequest.of("still"));
        assertEquals(1, still.size());
        assertEquals(points.get(4).id(), still.getFirst().point().id());
        assertEquals(4, still.getFirst().alsoIn());

        List<FindHit> two = find(new FindRequest("*", List.of(points.get(0).id(), points.get(3).id()), -1, -1, null,
                null));
        assertEquals(Set.of(points.get(0).id(), points.get(3).id()), Set.copyOf(two.stream()
                .map(hit -> hit.point().id()).toList()));
        assertEquals(1, two.stream().filter(hit -> hit.entry().name().equals("still")).toList().getFirst().alsoIn());
    }

    /** Points of other servers and of other items come in between; they say nothing about these files. */
    @Test
    void serversAndItemsDoNotGetInEachOthersWay() {
        tree.file("/data/notes", text("one")).file("/srv/notes", text("other"));
        var mine = new ArrayList<PointSummary>();
        var theirs = new ArrayList<PointSummary>();
        for (int i = 0; i < 3; i++) {
            mine.add(rig.backup("/data").point());
            rig.backup("/srv");
            theirs.add(rig.backup(new BackupRequest(List.of(RawPath.of("/data")), Exclusions.NONE,
                    ChangeDetection.DEFAULT, 0, null, "another server")).point());
        }
        List<FindHit> hits = find(FindRequest.of("/data/notes"));
        assertEquals(List.of(mine.getLast().id(), theirs.getLast().id()).stream().sorted().toList(),
                hits.stream().map(hit -> hit.point().id()).sorted().toList());
        assertEquals(List.of(2, 2), hits.stream().map(FindHit::alsoIn).toList());
        assertEquals(3, find(FindRequest.of("notes")).size());
    }

    @Test
    void searchingReadsNoDataAndGoesDeep() {
        var path = new StringBuilder("/data");
        for (int level = 0; level < 1000; level++) {
            path.append("/d");
        }
        tree.random(path + "/needle", 2 << 20, 1);
        rig.backup("/data");
        var counting = new FaultyStore(rig.store());
        var hits = new ArrayList<FindHit>();
        rig.open(counting, rig.files()).find(FindRequest.of("needle"), hits::add, ProgressSink.NONE,
                new CancelToken());
        assertEquals(List.of(path + "/needle"), hits.stream().map(hit -> hit.entry().path().toString()).toList());
        assertTrue(counting.log().stream().noneMatch(line -> line.contains(" data/")), () -> "calls: "
                + counting.log());
    }

    @Test
    void aSearchCanBeCancelled() {
        tree.file("/data/a", text("a"));
        rig.backup("/data");
        var cancel = new CancelToken();
        cancel.cancel();
        var e = assertThrows(HoldfastException.class,
                () -> rig.open().find(FindRequest.of("*"), hit -> {}, ProgressSink.NONE, cancel));
        assertEquals(Problem.CANCELLED, e.problem());
    }
}
