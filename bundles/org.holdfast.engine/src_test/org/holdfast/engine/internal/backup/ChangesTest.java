package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.PointState;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a backup makes of files that are new, unchanged, changed, moved and gone. */
@Timeout(60)
class ChangesTest {
    private final Rig rig = new Rig();
    private final FakeTree tree = rig.tree();

    @AfterEach
    void close() {
        rig.checkPoints();
        rig.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void someFiles() {
        tree.file("/data/tiny", text("tiny")).random("/data/a/one", 3000, 1).random("/data/a/two", 200_000, 2)
                .random("/data/b/three", 70_000, 3).file("/data/b/empty", new byte[0]).link("/data/b/link", "../a/one")
                .special("/data/b/fifo", 0010644, 0).directory("/data/c");
    }

    @Test
    void theFirstBackupReadsEveryFileOnce() {
        someFiles();
        BackupResult result = rig.backup("/data");
        assertEquals(PointState.COMPLETED, result.point().state());
        assertEquals(7, result.filesNew());
        assertEquals(0, result.filesChanged() + result.filesUnchanged() + result.filesRemoved());
        assertEquals(273_004, result.bytesRead());
        assertEquals(7, result.point().files());
        assertEquals(4, result.point().directories());
        assertEquals(273_004, result.point().bytes());
        assertEquals(Map.of("/data/tiny", 4L, "/data/a/one", 3000L, "/data/a/two", 200_000L, "/data/b/three", 70_000L,
                "/data/b/empty", 0L), rig.files().read());
        assertEquals(List.of(), result.warnings());
    }

    @Test
    void newDataIsMeasured() {
        byte[] words = text("a dull line of a log, and another one of the same kind\n".repeat(2000));
        for (int i = 0; i < 40; i++) {
            byte[] own = words.clone();
            System.arraycopy(text("file " + i), 0, own, 0, 6);
            tree.file("/data/log-" + i, own);
        }
        double dull = rig.backup("/data").entropy();
        assertTrue(dull > 3 && dull < 5, "text has " + dull + " bits in a byte");
        assertEquals(-1, rig.backup("/data").entropy(), "nothing is new");
        for (int i = 0; i < 40; i++) {
            tree.random("/data/log-" + i, 100_000, i);
        }
        double random = rig.backup("/data").entropy();
        assertTrue(random > 7.8 && random <= 8, "encrypted files have " + random + " bits in a byte");
    }

    @Test
    void anUnchangedTreeIsNotReadAndStoresNothing() {
        someFiles();
        rig.backup("/data");
        List<String> before = rig.objects("");
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertEquals(Map.of(), rig.files().read());
        assertEquals(7, result.filesUnchanged());
        assertEquals(0, result.filesNew() + result.filesChanged() + result.filesRemoved());
        assertEquals(0, result.bytesRead() + result.newChunks() + result.point().storedBytes());
        var after = new TreeSet<>(rig.objects(""));
        after.removeAll(before);
        assertEquals(1, after.size(), () -> "only a manifest, but " + after);
        assertEquals(7, result.point().files());
        assertEquals(273_004, result.point().bytes());
    }

    @Test
    void onlyWhatChangedIsRead() {
        someFiles();
        rig.backup("/data");
        tree.random("/data/a/one", 3001, 4).file("/data/new", text("new"));
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertEquals(Set.of("/data/a/one", "/data/new"), rig.files().read().keySet());
        assertEquals(1, result.filesChanged());
        assertEquals(1, result.filesNew());
        assertEquals(6, result.filesUnchanged());
        assertEquals(0, result.filesRemoved());
    }

    @Test
    void aRenamedFileIsReadButNotStoredAgain() {
        someFiles();
        rig.backup("/data");
        tree.rename("/data/a/two", "/data/c/zwei");
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertEquals(Set.of("/data/c/zwei"), rig.files().read().keySet());
        assertEquals(0, result.newChunks());
        assertEquals(1, result.filesNew());
        assertEquals(1, result.filesRemoved());
        assertTrue(result.point().storedBytes() < 10_000);
    }

    @Test
    void removedFilesAndDirectoriesAreCountedAndGone() {
        someFiles();
        rig.backup("/data");
        tree.remove("/data/tiny").remove("/data/b");
        BackupResult result = rig.backup("/data");
        assertEquals(5, result.filesRemoved());
        assertEquals(2, result.filesUnchanged());
        assertEquals(2, result.point().files());
    }

    @Test
    void aDirectoryThatBecameAFileAndTheOtherWayRound() {
        someFiles();
        rig.backup("/data");
        tree.remove("/data/b").file("/data/b", text("was a directory")).remove("/data/tiny")
                .file("/data/tiny/inside", text("was a file"));
        BackupResult result = rig.backup("/data");
        assertEquals(2, result.filesNew());
        assertEquals(5, result.filesRemoved());
    }

    @Test
    void metadataAloneChangesWithoutReading() {
        someFiles();
        rig.backup(request(new ChangeDetection(false, true, false)));
        tree.mode("/data/a/one", 0600).owner("/data/a/two", 7, 8).attribute("/data/b/three", "user.x", text("y"))
                .mode("/data/c", 0711).attribute("/data/b", "user.dir", text("z"));
        rig.files().forget();
        BackupResult result = rig.backup(request(new ChangeDetection(false, true, false)));
        assertEquals(Map.of(), rig.files().read());
        assertEquals(7, result.filesUnchanged());
        assertTrue(result.point().storedBytes() > 0);
    }

    private BackupRequest request(ChangeDetection detection) {
        return Rig.request(Exclusions.NONE, detection, "/data");
    }

    @Test
    void changeTimeGivesAwayWhoSetTheTimeBack() {
        someFiles();
        rig.backup("/data");
        tree.sneak("/data/a/one", FakeTree.bytes(3000, 99), true, false);
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertEquals(Set.of("/data/a/one"), rig.files().read().keySet());
        assertEquals(1, result.filesChanged());
    }

    @Test
    void theInodeGivesAwayAReplacedFile() {
        someFiles();
        rig.backup("/data");
        tree.sneak("/data/a/one", FakeTree.bytes(3000, 99), false, true);
        rig.files().forget();
        BackupResult result = rig.backup("/data");
        assertEquals(Set.of("/data/a/one"), rig.files().read().keySet());
        assertEquals(1, result.filesChanged());
    }

    @Test
    void whatIsNotComparedIsNotNoticed() {
        someFiles();
        BackupResult first = rig.backup("/data");
        byte[] old = tree.data("/data/a/one");
        tree.sneak("/data/a/one", FakeTree.bytes(3000, 99), true, true);
        rig.files().forget();
        BackupResult result = rig.backup(rig.store(), request(new ChangeDetection(false, false, false)));
        assertEquals(Map.of(), rig.files().read());
        assertEquals(7, result.filesUnchanged());
        assertNotEquals(first.point().id(), result.point().id());
        // The new point has the old content, as asked for.
        byte[] now = tree.data("/data/a/one");
        tree.sneak("/data/a/one", old, false, false);
        rig.remember(result.point());
        tree.sneak("/data/a/one", now, false, false);
    }

    @Test
    void readAllReadsAllAndStoresNothingTwice() {
        someFiles();
        rig.backup("/data");
        tree.sneak("/data/a/one", FakeTree.bytes(3000, 99), false, false);
        rig.files().forget();
        BackupResult result = rig.backup(request(new ChangeDetection(true, true, true)));
        assertEquals(5, rig.files().read().size());
        assertEquals(1, result.newChunks());
        assertEquals(2, result.filesUnchanged());
    }

    @Test
    void theSameContentIsStoredOnceAcrossFilesAndPoints() {
        tree.random("/data/a", 500_000, 1).random("/data/b", 500_000, 1).random("/data/c/a", 500_000, 1);
        BackupResult first = rig.backup("/data");
        assertTrue(first.point().storedBytes() < 520_000, () -> "stored " + first.point().storedBytes());
        tree.random("/data/d", 500_000, 1);
        BackupResult second = rig.backup("/data");
        assertEquals(0, second.newChunks());
    }

    @Test
    void anInsertionStoresLittle() {
        byte[] data = FakeTree.bytes(8 << 20, 5);
        tree.file("/data/image", data);
        rig.backup("/data");
        var longer = new byte[data.length + 7];
        System.arraycopy(data, 0, longer, 0, 3_000_000);
        System.arraycopy(data, 3_000_000, longer, 3_000_007, data.length - 3_000_000);
        tree.file("/data/image", longer);
        BackupResult second = rig.backup("/data");
        assertTrue(second.point().storedBytes() < 2_200_000, () -> "stored " + second.point().storedBytes());
    }

    @Test
    void onlyThePagesOfChangedDirectoriesAreStored() {
        for (int d = 0; d < 200; d++) {
            for (int f = 0; f < 50; f++) {
                tree.file("/data/d%03d/sub/f%02d".formatted(d, f), text("content " + d + " " + f));
            }
        }
        BackupResult first = rig.backup("/data");
        tree.file("/data/d100/sub/f25", text("changed"));
        BackupResult second = rig.backup("/data");
        assertTrue(second.point().storedBytes() < first.point().storedBytes() / 5,
                () -> second.point().storedBytes() + " of " + first.point().storedBytes());
        assertEquals(1, second.filesChanged());
        assertEquals(9_999, second.filesUnchanged());
    }

    @Test
    void theLevelCountsAndNothingElseDoes() {
        var data = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            data.append(i * 7919L % 100_003).append(i % 3 == 0 ? ' ' : '\n');
        }
        tree.file("/data/text", text(data.toString()));
        long fast = rig.backup(new BackupRequest(List.of(RawPath.of("/data")),
                Exclusions.NONE, ChangeDetection.DEFAULT, 1, null, Rig.SERVER)).point().storedBytes();
        try (var other = new Rig()) {
            other.tree().file("/data/text", text(data.toString()));
            long small = other.backup(new BackupRequest(
                    List.of(RawPath.of("/data")), Exclusions.NONE, ChangeDetection.DEFAULT, 19, null,
                    Rig.SERVER)).point().storedBytes();
            assertTrue(small < fast * 0.95, () -> small + " against " + fast);
            other.checkPoints();
        }
    }

    @Test
    void timesOwnersAndModesOfEveryKindSurvive() {
        someFiles();
        tree.modified("/data/tiny", -5_000_000_000L, 1).modified("/data/a/one", 9_000_000_000L, 999_999_999)
                .mode("/data/a/two", 07777).owner("/data/a/two", -2, 2_000_000_000).owner("/data/b/three", 0, 0)
                .special("/data/b/tty", 0020666, 4L << 32 | 64).special("/data/b/disk", 0060600, 259L << 32 | 1_000_000)
                .special("/data/b/socket", 0140777, 0).attribute("/data/c", "system.posix_acl_default", text("acl"))
                .attribute("/data/a/one", "security.capability", new byte[20]).attribute("/data/b/link", "trusted.l",
                        text("on a link"))
                .hardLink("/data/c/linked", "/data/a/two").hardLink("/data/a/also", "/data/a/two");
        rig.backup("/data");
        rig.files().forget();
        rig.backup("/data");
        assertEquals(Map.of(), rig.files().read());
    }

    @Test
    void pointsOfAnotherServerOrOtherItemsAreNoParents() {
        someFiles();
        rig.backup("/data");
        rig.files().forget();
        BackupResult other = rig.backup(new BackupRequest(
                List.of(RawPath.of("/data")), Exclusions.NONE, ChangeDetection.DEFAULT, 0, null,
                "another server"));
        assertEquals(7, other.filesNew());
        assertEquals(5, rig.files().read().size());
        assertEquals(0, other.newChunks());
        BackupResult part = rig.backup("/data/a");
        assertEquals(2, part.filesNew());
        rig.files().forget();
        BackupResult again = rig.backup("/data");
        assertEquals(Map.of(), rig.files().read());
        assertEquals(7, again.filesUnchanged());
    }

    @Test
    void namesThatAreNoTextSurvive() {
        tree.file(RawPath.of("/data").child(new byte[] { (byte) 0xff, (byte) 0xfe, 'x' }), text("a"))
                .file(RawPath.of("/data").child(new byte[] { (byte) 0xc3 }), text("b"))
                .file("/data/caf\u00e9", text("c")).file("/data/" + "n".repeat(255), text("d"));
        rig.backup("/data");
        BackupResult second = rig.backup("/data");
        assertEquals(4, second.filesUnchanged());
    }
}
