package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.PointsPart;
import org.holdfast.console.recovery.internal.RecoverSite;
import org.holdfast.console.testkit.FakePoint;
import org.holdfast.console.testkit.FakeVaultService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time line and the table of recovery points. */
class PointsPartTest {
    private final Recovery r = new Recovery();

    @AfterEach
    void close() {
        r.close();
    }

    private void show() {
        r.show(PointsPart::new, (part, parent) -> part.create(parent));
    }

    private Table table() {
        return r.screen.find("points.table", Table.class);
    }

    @Test
    void withoutAVaultItOffersToOpenOne() {
        show();
        r.screen.open();
        assertEquals("Nothing is open", r.screen.label("state.title"));
        assertTrue(Screen.shows(r.screen.shell(), "points.open"));
    }

    @Test
    void withoutAnEngineItSaysSo() {
        var part = new PointsPart(new RecoverSite(null, null, null));
        part.create(r.screen.shell());
        r.screen.open();
        assertEquals("No vault service", r.screen.label("state.title"));
        part.focus();
        part.destroy();
    }

    @Test
    void showsPointsNewestFirstWithStateAsWord() {
        show();
        r.connected();
        assertEquals(List.of("completed with warnings", "interrupted", "completed"), Screen.rows(table()));
        assertEquals(List.of("db-07", "web-1", "db-07"), Screen.rows(table(), 2));
        assertEquals("3", table().getItem(0).getText(9));
        assertEquals("", table().getItem(2).getText(9));
        assertEquals(0, table().getSelectionIndex(), "the newest is chosen");
        assertTrue(r.screen.label("points.vault").contains(Recovery.LOCATION));
    }

    @Test
    void choosingARowChoosesThePoint() {
        show();
        r.connected();
        Screen.select(table(), 2);
        assertEquals(r.older.summary(), r.session.point());
        r.session.choosePoint(r.other.summary());
        r.screen.settle();
        assertEquals(1, table().getSelectionIndex());
    }

    @Test
    void theStripIsUsedByKeyboard() {
        show();
        r.connected();
        Canvas strip = r.screen.find("points.strip", Canvas.class);
        Screen.key(strip, SWT.ARROW_LEFT);
        assertEquals(r.other.summary(), r.session.point());
        Screen.key(strip, SWT.HOME);
        assertEquals(r.older.summary(), r.session.point());
        Screen.key(strip, SWT.ARROW_LEFT);
        assertEquals(r.older.summary(), r.session.point());
        Screen.key(strip, SWT.END);
        assertEquals(r.newer.summary(), r.session.point());
    }

    @Test
    void theStripIsUsedByMouse() {
        show();
        r.connected();
        Canvas strip = r.screen.find("points.strip", Canvas.class);
        var event = new Event();
        event.x = 28;
        event.y = 30;
        strip.notifyListeners(SWT.MouseDown, event);
        assertEquals(r.older.summary(), r.session.point());
    }

    @Test
    void aServerNarrowsTheList() {
        show();
        r.connected();
        Combo server = r.screen.find("points.server", Combo.class);
        assertTrue(server.isVisible());
        assertEquals(List.of("All servers", "db-07", "web-1"), List.of(server.getItems()));
        server.select(2);
        server.notifyListeners(SWT.Selection, new Event());
        r.screen.settle();
        assertEquals(1, table().getItemCount());
        assertEquals(r.other.summary(), r.session.point());
        assertEquals("web-1", server.getText());
    }

    @Test
    void refreshKeepsTheSelection() {
        show();
        r.connected();
        Screen.select(table(), 1);
        r.vault.add(FakePoint.of(9, "2026-11-21T22:00:00Z", "db-07", "/srv", PointState.COMPLETED));
        r.session.refresh();
        r.screen.until("the new point is there", () -> table().getItemCount() == 4);
        assertEquals(2, table().getSelectionIndex());
        assertEquals(r.other.summary(), r.session.point());
    }

    @Test
    void sortsByAnyColumn() {
        show();
        r.connected();
        table().getColumn(2).notifyListeners(SWT.Selection, new Event());
        assertEquals(List.of("db-07", "db-07", "web-1"), Screen.rows(table(), 2));
        table().getColumn(2).notifyListeners(SWT.Selection, new Event());
        assertEquals(List.of("web-1", "db-07", "db-07"), Screen.rows(table(), 2));
        assertEquals(r.newer.summary(), r.session.point(), "the choice stays");
    }

    @Test
    void anEmptyVaultSaysWhatToDo() {
        r.service.add("/vaults/empty", List.of());
        show();
        r.screen.open();
        VaultConnection empty = r.vaults.open("/vaults/empty", FakeVaultService.PASSPHRASE.toCharArray()).join();
        r.session.show(empty);
        r.screen.until("points are loaded", () -> !r.session.isLoading());
        assertEquals("This vault has no recovery point yet", r.screen.label("state.title"));
        assertNull(r.session.point());
    }

    @Test
    void aClosedVaultLeavesTheInvitation() {
        show();
        r.connected();
        r.vaults.close(r.session.connection());
        r.screen.until("closed", () -> r.session.connection() == null);
        assertTrue(Screen.shows(r.screen.shell(), "points.open"));
        assertFalse(table().isVisible());
    }

    @Test
    void aPartThatIsGoneHearsNothing() {
        var part = new PointsPart(r.site);
        part.create(r.screen.shell());
        r.connected();
        part.destroy();
        for (var child : r.screen.shell().getChildren()) {
            child.dispose();
        }
        r.session.observers().fire(RecoverSession.Topic.POINTS);
        r.screen.settle();
        assertEquals(0, r.screen.shell().getChildren().length);
    }
}
