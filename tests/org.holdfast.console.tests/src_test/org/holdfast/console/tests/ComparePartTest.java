package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.recovery.internal.ComparePart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part that compares two recovery points. */
class ComparePartTest {
    private final Recovery r = new Recovery();

    @AfterEach
    void close() {
        r.close();
    }

    private Table table() {
        return r.screen.find("compare.table", Table.class);
    }

    private void show() {
        r.show(ComparePart::new, ComparePart::create);
        r.connected();
        r.session.chooseServer("db-07");
        r.screen.settle();
    }

    private void compare() {
        r.screen.click("compare.start");
        r.screen.until("compared", () -> r.screen.label("compare.status").endsWith("differences")
                || r.screen.label("compare.status").endsWith("difference"));
    }

    private List<String> rows() {
        var rows = new ArrayList<String>();
        for (int i = 0; i < table().getItemCount(); i++) {
            rows.add(table().getItem(i).getText(0) + ' ' + table().getItem(i).getText(1));
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void theChosenPointIsComparedWithTheOneBefore() {
        show();
        assertEquals(1, r.screen.find("compare.newer", Combo.class).getSelectionIndex());
        assertEquals(0, r.screen.find("compare.older", Combo.class).getSelectionIndex());
        compare();
        assertEquals(List.of("changed /srv/shares/report.ods", "gone /srv/only-old", "new /srv/empty",
                "new /srv/many", "new /srv/shares/2026", "new /srv/shares/latest", "new /srv/shares/new.txt"), rows());
        assertEquals("7 differences", r.screen.label("compare.status"));
        r.screen.picture("compare");
    }

    @Test
    void aFolderCanBeComparedAlone() {
        show();
        r.session.chooseFolder(RawPath.of("/srv/shares"));
        r.screen.settle();
        Combo scope = r.screen.find("compare.scope", Combo.class);
        assertEquals(2, scope.getItemCount());
        scope.select(1);
        compare();
        assertEquals(4, table().getItemCount());
    }

    @Test
    void eitherSideGoesIntoTheBasket() {
        show();
        compare();
        int changed = row("/srv/shares/report.ods");
        Screen.select(table(), changed, row("/srv/only-old"));
        r.screen.click("compare.addOlder");
        assertEquals(List.of("/srv/only-old", "/srv/shares/report.ods"), r.session.basket().items().stream()
                .map(i -> i.path().toString()).sorted().toList());
        assertTrue(r.session.basket().items().stream().map(Basket.Item::point)
                .allMatch(p -> p.equals(r.older.summary())));
        Screen.select(table(), changed);
        r.screen.click("compare.addNewer");
        assertEquals(3, r.session.basket().items().size());
        r.screen.click("compare.show");
        assertEquals(r.newer.summary(), r.session.point());
        assertEquals("/srv/shares", r.session.folder().toString());
    }

    private int row(String path) {
        for (int i = 0; i < table().getItemCount(); i++) {
            if (table().getItem(i).getText(1).equals(path)) {
                return i;
            }
        }
        throw new AssertionError("There is no " + path);
    }

    @Test
    void theSamePointTwiceIsNothingToCompare() {
        show();
        Combo newer = r.screen.find("compare.newer", Combo.class);
        newer.select(0);
        newer.notifyListeners(org.eclipse.swt.SWT.Selection, new Event());
        assertFalse(r.screen.find("compare.start", Button.class).isEnabled());
    }

    @Test
    void onePointAloneIsExplained() {
        show();
        r.session.chooseServer("web-1");
        r.screen.settle();
        assertEquals(PointState.INTERRUPTED, r.session.points().getFirst().state());
        assertEquals("Two recovery points are needed", Screen.find(
                r.screen.find("compare.message", Composite.class), "state.title", Label.class).getText());
    }

    @Test
    void aFailureCanBeTriedAgain() {
        show();
        r.vault.listingFails(new org.holdfast.api.HoldfastException(org.holdfast.api.Problem.STORE_UNAVAILABLE,
                "The store does not answer.", "Try again."));
        r.screen.click("compare.start");
        r.screen.until("it failed", () -> Screen.shows(r.screen.shell(), "state.retry"));
        r.vault.listingFails(null);
        r.screen.click("state.retry");
        r.screen.until("compared", () -> table().getItemCount() == 7);
    }
}
