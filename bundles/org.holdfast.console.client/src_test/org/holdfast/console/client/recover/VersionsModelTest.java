package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.testkit.FakePoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionsModelTest {
    private final RecoverFixture f = new RecoverFixture();
    private final VaultConnection connection = f.connect();
    private final VersionsModel versions = new VersionsModel(f.ui, () -> {
    });

    @AfterEach
    void close() {
        f.close();
    }

    private void show(String path) {
        versions.show(connection, RawPath.of(path), connection.refresh().join());
        f.ui.until("all points asked", () -> !versions.isLoading());
    }

    @Test
    void oneRowForEachVersionNewestFirst() {
        show("/srv/a/report.ods");
        assertEquals(2, versions.size());
        assertEquals(200, versions.row(0).entry().size());
        assertEquals(f.newer.summary(), versions.row(0).newest());
        assertEquals(100, versions.row(1).entry().size());
    }

    @Test
    void pointsWithTheSameVersionShareARow() {
        show("/srv/a/Zebra.txt");
        assertEquals(1, versions.size());
        assertEquals(2, versions.row(0).points());
        assertEquals(f.older.summary(), versions.row(0).oldest());
        assertEquals(2, versions.toAsk(), "the other server is not asked");
    }

    @Test
    void aFileThatWasGoneInBetweenHasTwoRows() {
        f.vault.add(FakePoint.of(8, "2026-11-21T22:00:00Z", "db-07", "/srv", PointState.COMPLETED));
        f.vault.add(FakePoint.of(9, "2026-11-22T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
                .file("/srv/a/Zebra.txt", 5, Change.NEW));
        show("/srv/a/Zebra.txt");
        assertEquals(2, versions.size());
        assertEquals(1, versions.row(0).points());
        assertEquals(2, versions.row(1).points());
    }

    @Test
    void aNewPathForgetsTheOldOne() {
        versions.show(connection, RawPath.of("/srv/a/report.ods"), connection.refresh().join());
        show("/srv/a/apple.txt");
        assertEquals(1, versions.size());
        assertEquals(1, versions.row(0).entry().size());
        versions.clear();
        assertEquals(0, versions.size());
        assertNull(versions.path());
    }

    @Test
    void aPathThatNoPointHasGivesNoRow() {
        show("/srv/none");
        assertEquals(0, versions.size());
        assertNull(versions.failure());
        assertEquals(List.of(), f.vault.pages());
    }
}
