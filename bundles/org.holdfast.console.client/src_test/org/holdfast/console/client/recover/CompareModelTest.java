package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.testkit.FakePoint;
import org.holdfast.console.testkit.FakeVaultService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompareModelTest {
    private static final RawPath SRV = RawPath.of("/srv");

    private final RecoverFixture f = new RecoverFixture();
    private final CompareModel compare = new CompareModel(f.ui, () -> {
    });

    @AfterEach
    void close() {
        f.close();
    }

    private List<String> rows() {
        return IntStream.range(0, compare.size()).mapToObj(compare::row)
                .map(d -> d.change() + " " + d.entry().path()).sorted().toList();
    }

    private void compare(FakePoint before, FakePoint after) {
        var connection = f.connect();
        connection.refresh().join();
        compare.start(connection, before.summary(), after.summary(), SRV);
        f.ui.until("done", () -> compare.state() == CompareModel.State.DONE);
    }

    @Test
    void findsWhatIsNewChangedAndGone() {
        compare(f.older, f.newer);
        assertEquals(List.of("CHANGED /srv/a/report.ods", "NEW /srv/a/Docs", "NEW /srv/a/apple.txt", "NEW /srv/many"),
                rows());
        assertEquals(2, compare.folders(), "a new folder stands for all below it");
        assertFalse(compare.isLimited());
    }

    @Test
    void theOtherWayRoundNewIsGone() {
        compare(f.newer, f.older);
        assertEquals(List.of("CHANGED /srv/a/report.ods", "REMOVED /srv/a/Docs", "REMOVED /srv/a/apple.txt",
                "REMOVED /srv/many"), rows());
    }

    @Test
    void mergesFoldersOfManyPages() {
        FakePoint before = FakePoint.of(8, "2026-11-21T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
                .largeFolder("/srv/many", 2500);
        FakePoint after = FakePoint.of(9, "2026-11-22T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
                .largeFolder("/srv/many", 2502);
        f.service.add("/large", List.of(before, after));
        VaultConnection large = f.vaults.open("/large", FakeVaultService.PASSPHRASE.toCharArray()).join();
        large.refresh().join();
        compare.start(large, before.summary(), after.summary(), SRV);
        f.ui.until("done", () -> compare.state() == CompareModel.State.DONE);
        assertEquals(List.of("NEW /srv/many/file-0002500.dat", "NEW /srv/many/file-0002501.dat"), rows());
    }

    @Test
    void skipsFoldersThatNoPointBetweenHasChanged() {
        FakePoint before = FakePoint.of(8, "2026-11-21T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
                .file("/srv/still/a.txt", 1, Change.UNKNOWN).file("/srv/moved/b.txt", 1, Change.UNKNOWN);
        FakePoint between = FakePoint.of(9, "2026-11-22T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
                .file("/srv/still/a.txt", 1, Change.UNCHANGED).file("/srv/moved/b.txt", 2, Change.CHANGED)
                .changed("/srv/still", Change.UNCHANGED).changed("/srv/moved", Change.CHANGED);
        FakePoint after = FakePoint.of(10, "2026-11-23T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
                .file("/srv/still/a.txt", 1, Change.UNCHANGED).file("/srv/moved/b.txt", 2, Change.UNCHANGED)
                .changed("/srv/still", Change.UNCHANGED).changed("/srv/moved", Change.UNCHANGED);
        f.service.add("/three", List.of(before, between, after));
        VaultConnection three = f.vaults.open("/three", FakeVaultService.PASSPHRASE.toCharArray()).join();
        three.refresh().join();
        compare.start(three, before.summary(), after.summary(), SRV);
        f.ui.until("done", () -> compare.state() == CompareModel.State.DONE);
        assertEquals(List.of("CHANGED /srv/moved/b.txt"), rows());
        assertEquals(2, compare.folders());
    }

    @Test
    void aFailureIsToldAndACancelKeepsWhatWasFound() {
        var connection = f.connect();
        f.vault.listingFails(new HoldfastException(Problem.STORE_UNAVAILABLE, "away", ""));
        compare.start(connection, f.older.summary(), f.newer.summary(), SRV);
        f.ui.until("failed", () -> compare.state() == CompareModel.State.FAILED);
        f.vault.listingFails(null);
        f.vault.listing.shut();
        compare.start(connection, f.older.summary(), f.newer.summary(), SRV);
        assertEquals(CompareModel.State.RUNNING, compare.state());
        compare.cancel();
        assertEquals(CompareModel.State.CANCELLED, compare.state());
        f.vault.listing.open();
        compare.clear();
        assertTrue(compare.size() == 0 && compare.state() == CompareModel.State.IDLE);
    }
}
