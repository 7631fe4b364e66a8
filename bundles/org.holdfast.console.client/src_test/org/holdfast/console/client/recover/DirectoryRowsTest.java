package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.RowOrder.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryRowsTest implements DirectoryRows.Listener {
    private final RecoverFixture f = new RecoverFixture();
    private final VaultConnection connection = f.connect();
    private final List<String> events = new ArrayList<>();

    @Override
    public void shapeChanged() {
        events.add("shape");
    }

    @Override
    public void rowsArrived() {
        events.add("rows");
    }

    @AfterEach
    void close() {
        f.close();
    }

    private DirectoryRows ready(String path) {
        var rows = new DirectoryRows(connection, f.newer.summary().id(), RawPath.of(path), f.ui, this);
        rows.start();
        f.ui.until("rows are ready",
                () -> rows.state() != DirectoryRows.State.LOADING && (!rows.isScanning() || rows.total() > 1000));
        return rows;
    }

    private static List<String> names(DirectoryRows rows) {
        return IntStream.range(0, rows.size()).mapToObj(i -> rows.row(i).name()).toList();
    }

    @Test
    void aSmallFolderShowsFoldersFirstThenNamesAsPeopleSortThem() {
        DirectoryRows rows = ready("/srv/a");
        assertEquals(List.of("Docs", "apple.txt", "report.ods", "Zebra.txt"), names(rows));
        assertEquals(1, f.vault.pages().size());
    }

    @Test
    void ordersByAnyColumnBothWays() {
        DirectoryRows rows = ready("/srv/a");
        assertTrue(rows.setOrder(new RowOrder(Column.SIZE, true)));
        f.ui.until("sorted", () -> !rows.isScanning());
        assertEquals(List.of("Docs", "report.ods", "Zebra.txt", "apple.txt"), names(rows));
        rows.setOrder(new RowOrder(Column.MODIFIED, false));
        f.ui.until("sorted", () -> !rows.isScanning());
        assertEquals("report.ods", names(rows).getLast());
        rows.setOrder(new RowOrder(Column.NAME, true));
        f.ui.until("sorted", () -> !rows.isScanning());
        assertEquals(List.of("Docs", "Zebra.txt", "report.ods", "apple.txt"), names(rows));
    }

    @Test
    void filtersByPartOfTheNameOrByWildcard() {
        DirectoryRows rows = ready("/srv/a");
        rows.setFilter("REPORT");
        f.ui.until("filtered", () -> !rows.isScanning());
        assertEquals(List.of(), names(rows));
        rows.setFilter("*.txt");
        f.ui.until("filtered", () -> !rows.isScanning());
        assertEquals(List.of("apple.txt", "Zebra.txt"), names(rows));
        assertEquals(4, rows.total());
        rows.setFilter("");
        f.ui.until("filtered", () -> !rows.isScanning());
        assertEquals(4, rows.size());
    }

    @Test
    void aMillionFilesAreThereAfterOnePage() {
        DirectoryRows rows = ready("/srv/many");
        assertEquals(RecoverFixture.MANY, rows.size());
        assertEquals(1, f.vault.pages().size());
        assertEquals("file-0000007.dat", rows.row(7).name());

        assertNull(rows.row(765_432));
        f.ui.until("the row came", () -> events.contains("rows"));
        assertEquals("file-0765432.dat", rows.row(765_432).name());
        assertEquals(2, f.vault.pages().size());
        assertEquals(765_000, f.vault.pages().getLast().from());
    }

    @Test
    void aMillionFilesGoBackwardsWithoutBeingRead() {
        DirectoryRows rows = ready("/srv/many");
        assertTrue(rows.setOrder(new RowOrder(Column.NAME, true)));
        assertNull(rows.row(0));
        f.ui.until("the row came", () -> rows.row(0) != null);
        assertEquals("file-0999999.dat", rows.row(0).name());
        assertFalse(rows.setOrder(new RowOrder(Column.SIZE, true)), "too many to sort");
        assertEquals(new RowOrder(Column.NAME, true), rows.order());
    }

    @Test
    void aMillionFilesAreFilteredInTheBackgroundAndSortedWhenFewAreLeft() {
        DirectoryRows rows = ready("/srv/many");
        rows.setFilter("99999");
        f.ui.until("filtered", () -> !rows.isScanning());
        assertEquals(19, rows.size());
        f.ui.until("first match came", () -> rows.row(0) != null);
        assertEquals("file-0099999.dat", rows.row(0).name());
        assertTrue(rows.setOrder(new RowOrder(Column.SIZE, true)));
        f.ui.until("sorted", () -> !rows.isScanning() && rows.row(0) != null && rows.row(18) != null);
        assertTrue(rows.row(0).size() > rows.row(18).size());
    }

    @Test
    void aNewFilterStopsTheOldOne() {
        DirectoryRows rows = ready("/srv/many");
        f.vault.listing.shut();
        rows.setFilter("1");
        rows.setFilter("nothing like it");
        f.vault.listing.open();
        f.ui.until("filtered", () -> !rows.isScanning());
        assertEquals(0, rows.size());
        assertEquals("nothing like it", rows.filter());
    }

    @Test
    void findsTheRowOfAPath() {
        DirectoryRows rows = ready("/srv/a");
        assertEquals(2, rows.find(RawPath.of("/srv/a/report.ods")));
        assertEquals(-1, rows.find(RawPath.of("/srv/a/none")));
        DirectoryRows many = ready("/srv/many");
        assertEquals(999, many.find(RawPath.of("/srv/many/file-0000999.dat")));
        assertEquals(-1, many.find(RawPath.of("/srv/many/file-0001000.dat")), "its page is not at hand");
    }

    @Test
    void aFailureIsToldAndStartTriesAgain() {
        f.vault.listingFails(new HoldfastException(Problem.STORE_UNAVAILABLE, "Gone.", "Wait."));
        DirectoryRows rows = ready("/srv/a");
        assertEquals(DirectoryRows.State.FAILED, rows.state());
        assertEquals(Problem.STORE_UNAVAILABLE, rows.failure().problem());
        assertEquals(0, rows.size());
        f.vault.listingFails(null);
        rows.start();
        f.ui.until("ready", () -> rows.state() == DirectoryRows.State.READY && !rows.isScanning());
        assertNull(rows.failure());
        assertNotNull(rows.row(0));
    }

    @Test
    void aDisposedPresenterIsSilent() {
        var rows = new DirectoryRows(connection, f.newer.summary().id(), RawPath.of("/srv/a"), f.ui, this);
        rows.start();
        rows.dispose();
        var page = connection.page(f.newer.summary().id(), RawPath.of("/srv/a"), 0);
        f.ui.until("the page came", page::isDone);
        f.ui.execute(() -> events.add("last"));
        f.ui.until("queue is empty", () -> events.contains("last"));
        assertEquals(List.of("last"), events);
    }
}
