package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.PointState;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.engine.internal.fake.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is backed up when several things are named, nested, missing or odd. */
@Timeout(60)
class ItemsTest {
    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @BeforeEach
    void fill() {
        tree.random("/etc/passwd", 1500, 1).random("/etc/ssh/config", 700, 2).random("/home/ann/a", 90_000, 3)
                .random("/home/bob/b", 10, 4).random("/home/bob/c/d", 20, 5).random("/var/log", 2000, 6)
                .link("/home/link", "bob").directory("/srv");
    }

    @AfterEach
    void close() {
        rig.files().hook((step, path, position) -> {});
        rig.checkPoints();
        rig.close();
    }

    private Set<String> there(BackupResult result) {
        return new TreeSet<>(rig.restore(rig.store(), result.point().id()).keySet());
    }

    private static List<String> items(BackupResult result) {
        return result.point().items().stream().map(Object::toString).toList();
    }

    @Test
    void severalItemsFarApart() {
        BackupResult result = rig.backup("/var/log", "/etc/ssh", "/home/bob/b");
        assertEquals("/", result.point().base().toString());
        assertEquals(List.of("/etc/ssh", "/home/bob/b", "/var/log"), items(result));
        assertEquals(Set.of("etc", "etc/ssh", "etc/ssh/config", "home", "home/bob", "home/bob/b", "var", "var/log"),
                there(result));
        assertEquals(3, result.point().files());
        assertEquals(5, result.point().directories());
        rig.files().forget();
        assertEquals(3, rig.backup("/var/log", "/etc/ssh", "/home/bob/b").filesUnchanged());
        assertEquals(Set.of(), rig.files().read().keySet());
    }

    @Test
    void itemsInsideOthersAreDropped() {
        BackupResult result = rig.backup("/home/bob/c", "/home/bob", "/home/bob/c/d", "/home/bob");
        assertEquals(List.of("/home/bob"), items(result));
        assertEquals(Set.of("bob", "bob/b", "bob/c", "bob/c/d"), there(result));
    }

    @Test
    void theOrderOfItemsDoesNotMatter() {
        rig.backup("/home/ann", "/home/bob");
        BackupResult again = rig.backup("/home/bob", "/home/ann");
        assertEquals(3, again.filesUnchanged());
        assertEquals(0, again.point().storedBytes());
    }

    @Test
    void everythingThereIs() {
        BackupResult result = rig.backup("/");
        assertEquals("/", result.point().base().toString());
        assertEquals(new TreeSet<>(tree.describe("/").keySet()), there(result));
        assertEquals(7, rig.backup("/").filesUnchanged());
    }

    @Test
    void everythingAndSomething() {
        assertEquals(List.of("/"), items(rig.backup("/etc", "/")));
    }

    @Test
    void aSingleFile() {
        BackupResult result = rig.backup("/etc/passwd");
        assertEquals("/etc", result.point().base().toString());
        assertEquals(Set.of("passwd"), there(result));
        assertEquals(1, rig.backup("/etc/passwd").filesUnchanged());
    }

    @Test
    void aLinkIsBackedUpAsALink() {
        assertEquals(Set.of("link"), there(rig.backup("/home/link")));
    }

    @Test
    void anEmptyDirectory() {
        BackupResult result = rig.backup("/srv");
        assertEquals(Set.of("srv"), there(result));
        assertEquals(0, result.point().files());
        assertEquals(1, result.point().directories());
    }

    private BackupResult warned(Problem problem, List<String> paths, String... items) {
        BackupResult result = rig.backup(rig.store(), Rig.request(items));
        assertEquals(paths, result.warnings().stream().map(w -> w.path().toString()).toList());
        result.warnings().forEach(w -> assertEquals(problem, w.problem()));
        assertEquals(PointState.COMPLETED_WITH_WARNINGS, result.point().state());
        rig.remember(result.point(), rig.restore(rig.store(), result.point().id()));
        return result;
    }

    @Test
    void aMissingItemIsTold() {
        BackupResult result = warned(Problem.PATH_NOT_FOUND, List.of("/home/carl"), "/home/ann", "/home/carl");
        assertEquals(Set.of("ann", "ann/a"), there(result));
    }

    @Test
    void itemsBelowAMissingDirectoryAreTold() {
        warned(Problem.PATH_NOT_FOUND, List.of("/mnt/x", "/mnt/y/z"), "/mnt/x", "/etc", "/mnt/y/z");
    }

    @Test
    void anItemBehindALinkIsToldAndNotLeftOutSilently() {
        BackupResult result = warned(Problem.PATH_NOT_FOUND, List.of("/home/link/b"), "/home/ann", "/home/link/b");
        assertEquals(Set.of("ann", "ann/a"), there(result));
    }

    @Test
    void anItemBelowAFileIsTold() {
        BackupResult result = warned(Problem.PATH_NOT_FOUND, List.of("/etc/passwd/x"), "/etc/ssh", "/etc/passwd/x");
        assertEquals(Set.of("ssh", "ssh/config"), there(result));
    }

    @Test
    void anItemThatMayNotBeLookedAtIsTold() {
        rig.files().hook((step, path, position) -> {
            if (step == Step.STAT && path.equals("/home/bob")) {
                throw new AccessDeniedException(path);
            }
        });
        warned(Problem.FILE_UNREADABLE, List.of("/home/bob"), "/home/ann", "/home/bob");
    }

    private void refused(Problem problem, String... items) {
        HoldfastException e = assertThrows(HoldfastException.class, () -> rig.backup(items));
        assertEquals(problem, e.problem());
        assertEquals(List.of(), rig.objects("points/"));
        assertEquals(List.of(), rig.objects("sessions/"));
    }

    @Test
    void nothingIsMadeWhenNoItemIsThere() {
        refused(Problem.PATH_NOT_FOUND, "/home/carl", "/home/dora");
        refused(Problem.PATH_NOT_FOUND, "/nowhere/at/all");
        refused(Problem.PATH_NOT_FOUND, "/home/ann/x", "/home/bob/y");
        refused(Problem.PATH_NOT_FOUND, "/etc/passwd/x");
    }

    @Test
    void nothingIsMadeOfNonsense() {
        refused(Problem.INVALID_REQUEST);
        refused(Problem.INVALID_REQUEST, "relative/path");
        refused(Problem.INVALID_REQUEST, "/etc", "");
    }

    @Test
    void thePointKeepsWhatWasAskedFor() {
        var until = Instant.parse("2027-01-02T03:04:05Z");
        var request = new BackupRequest(Rig.request("/etc").items(), Exclusions.NONE,
                ChangeDetection.DEFAULT, 0, until, "db1.example.org");
        BackupResult result = rig.backup(request);
        assertEquals(until, result.point().keepUntil());
        assertEquals("db1.example.org", rig.open().points().getLast().server());
        assertEquals(rig.clock().instant(), rig.open().points().getLast().time());
        assertEquals(result.point(), rig.open().point("latest"));
        assertEquals(result.point(), rig.open().point(result.point().id().substring(0, 9)));
    }
}
