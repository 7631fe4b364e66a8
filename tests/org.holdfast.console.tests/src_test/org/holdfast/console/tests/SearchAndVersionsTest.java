package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.recovery.internal.BasketPart;
import org.holdfast.console.recovery.internal.SearchPart;
import org.holdfast.console.recovery.internal.VersionsPart;
import org.holdfast.console.testkit.FakePoint;
import org.holdfast.console.testkit.FakeVault;
import org.holdfast.console.testkit.FakeVaultService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Search across points, versions of a file, and the basket. */
class SearchAndVersionsTest {
    private final Recovery r = new Recovery();

    @AfterEach
    void close() {
        r.close();
    }

    private void search(String text) {
        Text pattern = r.screen.find("search.pattern", Text.class);
        Screen.type(pattern, text);
        pattern.notifyListeners(SWT.DefaultSelection, new Event());
    }

    private Table hits() {
        return r.screen.find("search.table", Table.class);
    }

    private void showSearch() {
        r.show(SearchPart::new, (part, parent) -> part.create(parent));
        r.connected();
    }

    @Test
    void findsFilesInAllPoints() {
        showSearch();
        assertFalse(r.screen.find("search.start", Button.class).isEnabled());
        search("report");
        r.screen.until("both found", () -> r.screen.label("search.status").equals("2 found"));
        assertEquals(List.of("report.ods", "report.ods"), Screen.rows(hits()));
        assertEquals(List.of("/srv/shares", "/srv/shares"), Screen.rows(hits(), 1));
        assertEquals("*report*", r.vault.searches().getFirst().pattern());
        assertEquals(List.of(), r.vault.searches().getFirst().pointIds());
    }

    @Test
    void hitsAreShownWhileTheSearchRunsAndEscapeStopsIt() {
        showSearch();
        r.vault.finding.shut();
        search("report");
        r.screen.until("first hit", () -> hits().getItemCount() == 1);
        assertEquals("Searching, 1 found", r.screen.label("search.status"));
        assertEquals("&Stop", r.screen.find("search.start", Button.class).getText());
        Screen.key(r.screen.find("search.pattern", Text.class), SWT.ESC);
        assertEquals("Stopped, 1 found", r.screen.label("search.status"));
        r.screen.until("the vault stopped", () -> r.vault.finding.waiting() == 0);
        assertEquals(1, hits().getItemCount());
    }

    @Test
    void searchesOnePointBySizeAndDate() {
        showSearch();
        r.screen.find("search.scope", Combo.class).select(1);
        r.screen.find("search.size", Combo.class).select(1);
        r.screen.click("search.since");
        search("*.ods");
        r.screen.until("found", () -> r.screen.label("search.status").equals("1 found"));
        var request = r.vault.searches().getFirst();
        assertEquals("*.ods", request.pattern());
        assertEquals(List.of(r.newer.summary().id()), request.pointIds());
        assertEquals(1_000_000, request.minSize());
        assertTrue(request.modifiedAfter() != null && request.modifiedBefore() == null);
    }

    @Test
    void searchesAllOpenServersAndSaysWhoIsMissing() {
        FakeVault second = r.service.add("/vaults/second", List.of(FakePoint.of(7, "2026-11-20T22:00:00Z", "db-08",
                "/srv", PointState.COMPLETED).file("/srv/report.ods", 5, Change.NEW)));
        FakeVault third = r.service.add("/vaults/third", List.of());
        showSearch();
        VaultConnection other = r.vaults.open("/vaults/second", FakeVaultService.PASSPHRASE.toCharArray()).join();
        r.vaults.open("/vaults/third", FakeVaultService.PASSPHRASE.toCharArray()).join();
        r.screen.find("search.scope", Combo.class).select(2);
        search("report");
        r.screen.until("all answered", () -> r.screen.label("search.status").equals(
                "3 found \u00b7 3 of 3 servers answered"));
        assertEquals(List.of("db-07", "db-07", "db-08"), Screen.rows(hits(), 6), "grouped by server");

        third.findingFails(new HoldfastException(Problem.STORE_UNAVAILABLE, "Nobody answers.", ""));
        search("report");
        r.screen.until("a part", () -> r.screen.label("search.status").equals(
                "3 found \u00b7 2 of 3 servers answered \u00b7 partial, without /vaults/third"));
        r.screen.picture("search-servers");
        Screen.select(hits(), 0);
        assertTrue(r.screen.find("search.add", Button.class).isEnabled());
        Screen.select(hits(), 2);
        assertFalse(r.screen.find("search.add", Button.class).isEnabled(), "the basket is of another server");
        r.screen.click("search.show");
        r.screen.until("its data is shown", () -> r.session.connection() == other && !r.session.isLoading());
        assertEquals("db-08", r.session.point().server());
        assertEquals(3, hits().getItemCount(), "the answer stays");
        assertEquals(2, second.searches().size());
    }

    @Test
    void nothingFoundSaysWhatToTry() {
        showSearch();
        search("zzz");
        r.screen.until("told", () -> Screen.shows(r.screen.shell(), "search.results.message")
                && r.screen.label("state.title").equals("Nothing found"));
    }

    @Test
    void enterShowsAHitWhereItLies() {
        showSearch();
        search("report");
        r.screen.until("found", () -> r.screen.label("search.status").equals("2 found"));
        Screen.select(hits(), 1);
        Screen.activate(hits());
        assertEquals(r.older.summary(), r.session.point());
        assertEquals(RawPath.of("/srv/shares"), r.session.folder());
        r.screen.click("search.add");
        assertEquals(r.older.summary(), r.session.basket().items().getFirst().point());
    }

    @Test
    void versionsFollowTheChosenFile() {
        r.show(VersionsPart::new, (part, parent) -> part.create(parent));
        r.connected();
        r.screen.until("invited", () -> Screen.shows(r.screen.shell(), "versions.message"));
        r.session.chooseFolder(RawPath.of("/srv/shares"));
        r.session.chooseEntries(List.of(r.entry("/srv/shares/report.ods")));
        Table table = r.screen.find("versions.table", Table.class);
        r.screen.until("both versions", () -> table.getItemCount() == 2
                && r.screen.label("versions.status").equals("2 versions in 2 recovery points"));
        assertEquals(List.of("2 MB", "1 kB"), Screen.rows(table, 1));
        Screen.select(table, 1);
        r.screen.click("versions.add");
        assertEquals(1000, r.session.basket().knownBytes());
        r.screen.click("versions.show");
        assertEquals(r.older.summary(), r.session.point());
        r.session.chooseFolder(RawPath.of("/srv"));
        r.screen.until("invited", () -> Screen.shows(r.screen.shell(), "versions.message"));
    }

    @Test
    void theBasketTellsWhatIsInItAndLetsGo() {
        r.show(BasketPart::new, (part, parent) -> part.create(parent));
        r.connected();
        assertEquals("The basket is empty", r.screen.label("state.title"));
        r.session.addToBasket(List.of(r.entry("/srv/shares/report.ods"), r.entry("/srv/shares/new.txt")));
        r.screen.settle();
        assertEquals("2 items, 2 MB", r.screen.label("basket.summary"));
        Table table = r.screen.find("basket.table", Table.class);
        assertEquals(List.of("/srv/shares/report.ods", "/srv/shares/new.txt"), Screen.rows(table));
        Screen.select(table, 0);
        Screen.key(table, SWT.DEL);
        assertEquals(List.of("/srv/shares/new.txt"), Screen.rows(table));
        assertEquals(0, table.getSelectionIndex(), "the next row is selected");
        r.session.addToBasket(List.of(r.entry("/srv/empty")));
        assertEquals("2 items, 7 B and folders; the restore wizard works out their size",
                r.screen.label("basket.summary"));
        r.screen.click("basket.clear");
        assertEquals("The basket is empty", r.screen.label("state.title"));
        r.screen.until("invited", () -> Screen.shows(r.screen.shell(), "basket.message"));
    }
}
