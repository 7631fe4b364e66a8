package org.holdfast.engine.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Listing;
import org.holdfast.engine.internal.fake.FakeTree;
import org.holdfast.engine.internal.fake.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trees that are wide, deep or both. */
@Timeout(60)
class LargeTreesTest {
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

    private static String file(int i) {
        return "/data/big/entry-%06d.dat".formatted(i * 2);
    }

    @Test
    void anEntryMoreOrLessKeepsMostPagesOfALargeDirectory() {
        for (int i = 0; i < 30_000; i++) {
            tree.file(file(i), FakeTree.bytes(40, i));
        }
        BackupResult first = rig.backup("/data");
        assertEquals(30_000, first.point().files());
        assertTrue(first.point().storedBytes() > 300_000, () -> "stored " + first.point().storedBytes());

        tree.file("/data/big/entry-020001.dat", text("inserted"));
        BackupResult inserted = rig.backup("/data");
        assertEquals(1, inserted.filesNew());
        assertTrue(inserted.point().storedBytes() < first.point().storedBytes() / 4,
                () -> inserted.point().storedBytes() + " of " + first.point().storedBytes());

        tree.remove(file(12_345)).remove("/data/big/entry-020001.dat");
        BackupResult removed = rig.backup("/data");
        assertEquals(2, removed.filesRemoved());
        assertTrue(removed.point().storedBytes() < first.point().storedBytes() / 4,
                () -> removed.point().storedBytes() + " of " + first.point().storedBytes());

        rig.files().forget();
        BackupResult same = rig.backup("/data");
        assertEquals(Map.of(), rig.files().read());
        assertEquals(0, same.point().storedBytes());
        Listing middle = rig.open().list(same.point().id(), RawPath.of("/data/big"), 15_000, 100);
        assertEquals(29_999, middle.total());
        assertEquals("entry-030002.dat", middle.entries().getFirst().name());
    }

    @Test
    void aTreeOfThreeThousandLevels() {
        var path = new StringBuilder("/data");
        for (int level = 0; level < 3000; level++) {
            path.append("/d");
        }
        tree.random(path + "/file", 100_000, 1);
        BackupResult result = rig.backup("/data");
        assertEquals(3001, result.point().directories());
        assertEquals(1, result.point().files());
        rig.files().forget();
        BackupResult again = rig.backup("/data");
        assertEquals(Map.of(), rig.files().read());
        assertEquals(0, again.point().storedBytes());
        tree.random(path + "/file", 100_000, 2);
        assertEquals(1, rig.backup("/data").filesChanged());
        assertEquals(1, rig.open().list(again.point().id(), RawPath.of(path.toString()), 0, 10).total());
        rig.collect(rig.store());
    }

    @Test
    void manyDirectoriesWithALittle() {
        for (int i = 0; i < 4000; i++) {
            tree.file("/data/" + i % 20 + "/" + i, text("x" + i)).directory("/data/empty/" + i);
        }
        BackupResult result = rig.backup("/data");
        assertEquals(4000, result.point().files());
        assertEquals(4022, result.point().directories());
        tree.file("/data/7/new", text("new"));
        BackupResult second = rig.backup("/data");
        assertTrue(second.point().storedBytes() < 20_000, () -> "stored " + second.point().storedBytes());
    }

    @Test
    void manyAttributesDoNotBurstAPage() {
        for (int i = 0; i < 300; i++) {
            tree.file("/data/f" + i, text("x")).attribute("/data/f" + i, "user.large", FakeTree.bytes(60_000, i));
        }
        rig.backup("/data");
        assertEquals(300, rig.backup("/data").filesUnchanged());
    }
}
