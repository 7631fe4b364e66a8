package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.FolderTree;
import org.holdfast.console.recovery.internal.BrowsePart;
import org.holdfast.console.ui.DataTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Folders and contents of a recovery point. */
class BrowsePartTest {
    private final Recovery r = new Recovery();

    @AfterEach
    void close() {
        r.close();
    }

    private void show() {
        r.show(BrowsePart::new, (part, parent) -> part.create(parent));
        r.connected();
        r.screen.until("the base is listed", () -> table().getItemCount() > 0 && root().getItemCount() > 1);
    }

    private Table table() {
        return r.screen.find("browse.table", Table.class);
    }

    private Tree tree() {
        return r.screen.find("browse.tree", Tree.class);
    }

    private TreeItem root() {
        return tree().getItem(0);
    }

    private static List<String> names(TreeItem item) {
        return java.util.Arrays.stream(item.getItems()).map(TreeItem::getText).toList();
    }

    private TreeItem child(TreeItem parent, String name) {
        return java.util.Arrays.stream(parent.getItems()).filter(i -> i.getText().equals(name)).findFirst()
                .orElseThrow();
    }

    private void expand(TreeItem item) {
        item.setExpanded(true);
        var event = new Event();
        event.item = item;
        tree().notifyListeners(SWT.Expand, event);
    }

    private void choose(String folder) {
        r.session.chooseFolder(RawPath.of(folder));
        r.screen.until(folder + " is listed", () -> table().getItemCount() > 0
                && !table().getItem(0).getText().equals("\u2026") && table().getItem(0).getText().length() > 0);
        r.screen.settle();
    }

    @Test
    void showsTheBaseExpandedAndItsContents() {
        show();
        assertEquals("/srv", root().getText());
        assertTrue(root().getExpanded());
        assertEquals(List.of("empty", "many", "shares"), names(root()));
        assertEquals(List.of("empty", "many", "shares"), Screen.rows(table()));
        assertEquals("1,000,000 entries", table().getItem(1).getText(1));
        assertEquals("3 entries", r.screen.label("browse.status"));
    }

    @Test
    void expandsOnlyWhatIsAskedFor() {
        show();
        assertEquals(List.of(), r.vault.pages().stream().filter(p -> !p.path().equals(RawPath.of("/srv"))).toList());
        TreeItem shares = child(root(), "shares");
        expand(shares);
        r.screen.until("folders are there", () -> shares.getItemCount() == 1 && names(shares).contains("2026"));
        assertEquals(0, child(root(), "empty").getItemCount(), "an empty folder cannot be expanded");
    }

    @Test
    void contentsTellWhatChanged() {
        show();
        choose("/srv/shares");
        assertEquals(List.of("2026", "latest \u2192 2026", "new.txt", "notes.txt", "old.bak", "report.ods"),
                Screen.rows(table()));
        assertEquals(List.of("", "", "new", "", "gone", "changed"), Screen.rows(table(), 3));
        assertEquals("2 MB", table().getItem(5).getText(1));
        Screen.select(table(), 4);
        assertFalse(r.screen.find("browse.add", Button.class).isEnabled(), "what is gone cannot be restored");
    }

    @Test
    void aMillionFilesAreShownAtOnceByThePage() {
        show();
        r.vault.pages().clear();
        r.screen.longestEvent();
        r.session.chooseFolder(RawPath.of("/srv/many"));
        r.screen.until("rows are there", () -> table().getItemCount() == DataTable.WINDOW
                && table().getItem(0).getText().equals("file-0000000.dat"));
        long millis = r.screen.longestEvent();
        assertTrue(millis < 200, "an event took " + millis + " ms");
        // GTK may measure a row or two out of sight as well
        assertTrue(r.vault.pages().size() <= 3, r.vault.pages().toString());
        assertTrue(r.vault.pages().stream().allMatch(p -> p.max() == VaultConnection.PAGE));
        assertEquals("1,000,000 entries", r.screen.label("browse.status"));
    }

    @Test
    void aFolderOfAMillionFilesExpandsWithoutBeingReadThrough() {
        show();
        TreeItem many = child(root(), "many");
        r.vault.pages().clear();
        r.screen.longestEvent();
        expand(many);
        r.screen.until("it says how far it looked",
                () -> many.getItemCount() == 1 && many.getItem(0).getText().contains("20,000 of 1,000,000"));
        long millis = r.screen.longestEvent();
        assertTrue(millis < 200, "an event took " + millis + " ms");
        assertEquals(FolderTree.BATCH / VaultConnection.PAGE, r.vault.pages().size());
        var more = new Event();
        more.item = many.getItem(0);
        tree().notifyListeners(SWT.DefaultSelection, more);
        r.screen.until("it looked further", () -> many.getItem(0).getText().contains("40,000"));
    }

    @Test
    void filtersAsOneTypesAndEscapeGivesAllBack() {
        show();
        choose("/srv/shares");
        Text filter = r.screen.find("browse.filter", Text.class);
        Screen.type(filter, "txt");
        r.screen.until("filtered", () -> table().getItemCount() == 2);
        assertEquals(List.of("new.txt", "notes.txt"), Screen.rows(table()));
        assertEquals("2 of 6 entries", r.screen.label("browse.status"));
        Screen.type(filter, "nothing like it");
        r.screen.until("nothing left", () -> Screen.shows(r.screen.shell(), "state.clearFilter"));
        Screen.key(filter, SWT.ESC);
        r.screen.until("all back", () -> table().getItemCount() == 6 && table().isVisible());
    }

    @Test
    void sortsAndKeepsTheOrderFromFolderToFolder() {
        show();
        choose("/srv/shares");
        table().getColumn(1).notifyListeners(SWT.Selection, new Event());
        table().getColumn(1).notifyListeners(SWT.Selection, new Event());
        r.screen.until("largest first", () -> Screen.rows(table()).get(1).equals("report.ods"));
        assertEquals("2026", Screen.rows(table()).getFirst(), "folders stay first");
        r.session.chooseFolder(RawPath.of("/srv/many"));
        r.screen.until("rows are there", () -> table().getItemCount() == DataTable.WINDOW);
        table().getColumn(2).notifyListeners(SWT.Selection, new Event());
        assertTrue(r.screen.label("browse.status").startsWith("More than 100,000"),
                r.screen.label("browse.status"));
    }

    @Test
    void enterOpensFoldersAndBackspaceGoesUpToWhereOneCameFrom() {
        show();
        Screen.select(table(), 2);
        Screen.activate(table());
        r.screen.until("in shares", () -> table().getItemCount() == 6);
        assertEquals(RawPath.of("/srv/shares"), r.session.folder());
        assertEquals("/srv/shares", r.screen.label("browse.path"));
        r.screen.until("the tree follows",
                () -> tree().getSelectionCount() == 1 && tree().getSelection()[0].getText().equals("shares"));
        Screen.key(table(), SWT.BS);
        r.screen.until("above, at the folder one came from",
                () -> table().getItemCount() == 3 && table().getSelectionIndex() == 2);
        assertFalse(r.screen.find("browse.up", Button.class).isEnabled());
    }

    @Test
    void choosingInTheTreeListsTheFolder() {
        show();
        TreeItem shares = child(root(), "shares");
        tree().setSelection(shares);
        var event = new Event();
        event.item = shares;
        tree().notifyListeners(SWT.Selection, event);
        r.screen.until("in shares", () -> table().getItemCount() == 6);
    }

    @Test
    void theFileStaysChosenFromPointToPoint() {
        show();
        choose("/srv/shares");
        Screen.select(table(), 5);
        assertEquals("report.ods", r.session.entries().getFirst().name());
        r.session.choosePoint(r.older.summary());
        r.screen.until("chosen in the older point", () -> r.session.entries().size() == 1);
        assertEquals(1000, r.session.entries().getFirst().size());
        assertEquals(List.of("notes.txt", "report.ods"), Screen.rows(table()));
        assertEquals(1, table().getSelectionIndex());
    }

    @Test
    void aFolderThatThePointLacksIsExplained() {
        show();
        r.session.choosePoint(r.older.summary());
        r.session.chooseFolder(RawPath.of("/srv/only-old"));
        r.screen.until("listed", () -> Screen.rows(table()).equals(List.of("x.txt")));
        r.session.choosePoint(r.newer.summary());
        r.screen.until("explained", () -> Screen.shows(r.screen.shell(), "browse.goUp"));
        assertEquals("This folder is not in the chosen recovery point", r.screen.label("state.title"));
        r.screen.click("browse.goUp");
        r.screen.until("listed", () -> table().isVisible() && table().getItemCount() == 3);
    }

    @Test
    void anErrorCanBeRetried() {
        show();
        r.vault.listingFails(new HoldfastException(Problem.OBJECT_DAMAGED, "A directory block is damaged.",
                "Verify the vault."));
        r.session.chooseFolder(RawPath.of("/srv/shares"));
        r.screen.until("the error is shown", () -> Screen.shows(r.screen.shell(), "state.retry"));
        assertEquals("Part of the vault is damaged", r.screen.label("state.title"));
        r.vault.listingFails(null);
        r.screen.click("state.retry");
        r.screen.until("listed", () -> table().isVisible() && table().getItemCount() == 6);
    }

    @Test
    void insertPutsTheSelectionIntoTheBasket() {
        show();
        choose("/srv/shares");
        Screen.select(table(), 2, 3);
        Screen.key(table(), SWT.INSERT);
        assertEquals(2, r.session.basket().items().size());
        assertEquals(17, r.session.basket().knownBytes());
    }
}
