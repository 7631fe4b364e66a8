package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.vaults.internal.CreateVaultDialog;
import org.holdfast.console.vaults.internal.CreateVaultWizard;
import org.holdfast.console.vaults.internal.VaultSelection;
import org.holdfast.console.vaults.internal.VaultsPart;
import org.holdfast.console.vaults.internal.VaultsSite;
import org.holdfast.console.vaults.internal.VaultsSources;
import org.holdfast.protocol.fleet.CreateVault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part with the vaults and the wizard that makes one, with real widgets on a real vault node. */
class VaultsPartTest {
    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private VaultSelection selection;
    private VaultsPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, 24);
        fleet.people().call("POST", "/api/v1/vaults", new CreateVault("archive", "Osaka", "Records", "Acme", Map.of(),
                Redundancy.GEO, Immutability.ON, new SoftDelete(30, false), null, 5_000_000_000_000L), Object.class);
        screen = new Screen();
        selection = new VaultSelection();
    }

    @AfterEach
    void stop() {
        if (part != null) {
            part.destroy();
        }
        screen.close();
        fleet.close();
    }

    private void open() {
        part = new VaultsPart(new VaultsSite(fleet.console(), selection, null));
        part.create(screen.shell());
        screen.open();
    }

    private Table table() {
        return screen.find("vaults.table", Table.class);
    }

    private void untilRows(int rows) {
        screen.until(rows + " rows", () -> table().getItemCount() == rows);
    }

    private Shell wizard() {
        var wizard = new CreateVaultWizard(fleet.console().sessions(), selection.rows(), selection::reveal);
        var dialog = new CreateVaultDialog(screen.shell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return screen.dialog("createVault");
    }

    private static Button button(Shell shell, String id) {
        return Screen.find(shell, "createVault." + id, Button.class);
    }

    private static void choose(Combo combo, int index) {
        combo.select(index);
        combo.notifyListeners(SWT.Selection, new Event());
    }

    @Test
    void showsFiltersAndSorts() throws Exception {
        open();
        screen.until("prompt", () -> Screen.shows(screen.shell(), "fleet.connect"));
        fleet.connect();
        untilRows(2);
        assertEquals(List.of("archive", "main"), Screen.rows(table()));
        var first = new StringBuilder();
        for (int i = 1; i < table().getColumnCount(); i++) {
            first.append(table().getItem(0).getText(i)).append('|');
        }
        assertEquals("Head office|Osaka|Acme|Records|Two stores|On|30 days|0|0 B|5 TB|", first.toString());
        screen.until("servers", () -> table().getItem(1).getText(8).equals("24"));
        screen.picture("vaults");
        table().getColumn(8).notifyListeners(SWT.Selection, new Event());
        table().getColumn(8).notifyListeners(SWT.Selection, new Event());
        screen.until("sorted", () -> Screen.rows(table()).equals(List.of("main", "archive")));
        Text filter = screen.find("vaults.filter", Text.class);
        filter.setText("osaka records");
        untilRows(1);
        assertEquals("1 of 2 vaults", screen.label("vaults.count"));
        filter.setText("nothing at all");
        untilRows(0);
        assertTrue(filter.isVisible(), "the filter hid the field it was typed into");
        Screen.key(filter, SWT.ESC);
        untilRows(2);
        Screen.select(table(), 1);
        assertEquals("archive", selection.rows().getFirst().value().name());
    }

    @Test
    void makesAVaultAndShowsIt() throws Exception {
        FleetSession session = fleet.connect();
        open();
        untilRows(2);
        screen.find("vaults.filter", Text.class).setText("main");
        untilRows(1);
        Shell shell = wizard();
        Button finish = button(shell, "finish");
        assertFalse(finish.isEnabled());
        assertEquals("Acme", Screen.find(shell, "name.subscription", Combo.class).getText());
        Text name = Screen.find(shell, "name.name", Text.class);
        name.setText("archive");
        screen.until("taken", () -> message(shell).contains("already"));
        assertFalse(finish.isEnabled(), "a name that is taken was accepted");
        assertFalse(button(shell, "next").isEnabled());
        screen.picture(shell, "create-vault-taken");
        name.setText("-branch");
        screen.until("invalid", () -> message(shell).contains("starts with a letter"));
        assertFalse(finish.isEnabled());
        name.setText("branch-offices");
        assertFalse(finish.isEnabled(), "a name was taken unchecked");
        screen.until("free", finish::isEnabled);
        Screen.find(shell, "name.region", Combo.class).setText("Lyon");
        screen.picture(shell, "create-vault-name");
        Screen.click(button(shell, "next"));
        choose(Screen.find(shell, "keeping.redundancy", Combo.class), Redundancy.GEO.ordinal());
        choose(Screen.find(shell, "keeping.immutability", Combo.class), Immutability.ON.ordinal());
        Screen.find(shell, "keeping.days", Spinner.class).setSelection(60);
        screen.picture(shell, "create-vault-keeping");
        Screen.click(button(shell, "next"));
        Table review = Screen.find(shell, "review.table", Table.class);
        assertEquals(List.of("branch-offices", "Head office", "Acme", "Records", "Lyon", "Two stores", "On", "60 days"),
                Screen.rows(review, 1));
        screen.picture(shell, "create-vault-review");
        Screen.click(finish);
        screen.until("made", shell::isDisposed);
        screen.until("revealed", () -> !selection.rows().isEmpty());
        VaultSummary made = selection.rows().getFirst().value();
        assertEquals("branch-offices", made.name());
        assertEquals(60, made.softDelete().days());
        assertEquals(3, table().getItemCount(), "the filter still hides the new vault");
        assertEquals("branch-offices", table().getSelection()[0].getText(0));
        assertEquals("Lyon", session.api().vaults().read("branch-offices").get().value().region());
        screen.picture("vaults-created");
    }

    private static String message(Shell shell) {
        return Screen.all(shell).stream().filter(c -> c.isVisible() && c instanceof Text t
                && (t.getStyle() & SWT.READ_ONLY) != 0).map(c -> ((Text) c).getText()).reduce("", String::concat)
                .replace('\n', ' ');
    }

    @Test
    void keepsTheInputWhenTheVaultServerSaysNo() throws Exception {
        fleet.connect();
        open();
        untilRows(2);
        Shell shell = wizard();
        Text name = Screen.find(shell, "name.name", Text.class);
        Button finish = button(shell, "finish");
        name.setText("late");
        screen.until("free", finish::isEnabled);
        fleet.people().call("POST", "/api/v1/vaults", CreateVault.of("late"), Object.class);
        Screen.click(finish);
        assertFalse(finish.isEnabled(), "a vault could be made twice");
        screen.until("refused", finish::isEnabled);
        assertEquals("late", name.getText());
        assertTrue(name.isEnabled());
        screen.picture(shell, "create-vault-refused");
        Screen.click(button(shell, "cancel"));
        screen.until("closed", shell::isDisposed);
    }

    @Test
    void isOfferedToThoseWhoMay() throws Exception {
        FleetSession session = fleet.connect();
        assertEquals(List.of(session), VaultsSources.allowing(fleet.console(), VaultsSources.MANAGE));
        assertEquals(List.of(), VaultsSources.allowing(fleet.console(), "no.such"));
        fleet.console().signOut(session);
        assertEquals(List.of(), VaultsSources.allowing(fleet.console(), VaultsSources.MANAGE));
    }
}
