package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.model.Row;
import org.holdfast.console.vaults.internal.CredentialsDialog;
import org.holdfast.console.vaults.internal.VaultsSources;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.CredentialsView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault credentials files of a vault, with real widgets on a real vault node. */
class VaultCredentialsTest {
    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private FleetSession session;
    private Shell shell;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 4);
        screen = new Screen().open();
        session = fleet.connect();
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
        Row<VaultSummary> main = new Row<>(session, session.live().vaults().snapshot().getFirst());
        assertTrue(VaultsSources.maySeeCredentials(List.of(main)));
        assertFalse(VaultsSources.maySeeCredentials(List.of()));
        var dialog = new CredentialsDialog(screen.shell(), main, fleet.console().background());
        dialog.setBlockOnOpen(false);
        dialog.open();
        shell = screen.dialog("credentials");
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
    }

    private Table table() {
        return Screen.find(shell, "credentials.table", Table.class);
    }

    private static Button button(Shell in, String id) {
        return Screen.find(in, id, Button.class);
    }

    private Shell newFile(Path file) {
        screen.until("ready", button(shell, "credentials.create")::isEnabled);
        Screen.click(button(shell, "credentials.create"));
        Shell asks = screen.dialog("newFile");
        Screen.find(asks, "newFile.file", Text.class).setText(file.toString());
        return asks;
    }

    private List<CredentialsView> given() throws Exception {
        return session.api().credentials().list("main").get();
    }

    @Test
    void createsStoresAndRevokes() throws Exception {
        screen.until("asked", button(shell, "credentials.create")::isEnabled);
        assertEquals(0, table().getItemCount());
        screen.picture(shell, "credentials-none");
        Path file = folder.resolve("web.creds");
        Shell asks = newFile(Path.of("web.creds"));
        assertFalse(button(asks, "newFile.ok").isEnabled(), "a path that depends on the folder was taken");
        Screen.find(asks, "newFile.file", Text.class).setText(file.toString());
        Screen.find(asks, "newFile.uses", Spinner.class).setSelection(20);
        Combo policy = Screen.find(asks, "newFile.policy", Combo.class);
        policy.select(policy.indexOf("databases"));
        policy.notifyListeners(SWT.Selection, new Event());
        Screen.find(asks, "newFile.tags", Text.class).setText("tier:db, night");
        screen.picture(asks, "credentials-new");
        Screen.click(button(asks, "newFile.ok"));
        screen.until("stored", asks::isDisposed);
        screen.until("listed", () -> table().getItemCount() == 1);

        CredentialsFile stored = CredentialsFile.read(Files.readAllBytes(file));
        assertEquals("main", stored.vault());
        assertEquals("databases", stored.policy());
        assertEquals(List.of("night", "tier:db"), stored.tags());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("Active", table().getItem(0).getText(0));
        assertEquals("20 of 20", table().getItem(0).getText(1));
        assertEquals("databases", table().getItem(0).getText(3));
        screen.picture(shell, "credentials");

        assertFalse(button(shell, "credentials.revoke").isEnabled());
        Screen.select(table(), 0);
        Screen.click(button(shell, "credentials.revoke"));
        Shell warns = screen.dialog("revoke");
        assertEquals(button(warns, "revoke.cancel"), warns.getDefaultButton());
        screen.picture(warns, "credentials-revoke");
        Screen.click(button(warns, "revoke.cancel"));
        screen.until("not revoked", warns::isDisposed);
        assertEquals("active", given().getFirst().state());
        Screen.click(button(shell, "credentials.revoke"));
        Screen.click(button(screen.dialog("revoke"), "revoke.ok"));
        screen.until("revoked", () -> table().getItem(0).getText(0).equals("Revoked"));
        assertFalse(button(shell, "credentials.revoke").isEnabled(), "a file can be revoked twice");
        assertEquals("revoked", given().getFirst().state());
    }

    @Test
    void takesNoPlaceThatIsTakenAndKeepsTheInput() throws Exception {
        Path file = folder.resolve("mine.txt");
        Files.writeString(file, "mine");
        Shell asks = newFile(file);
        Screen.find(asks, "newFile.tags", Text.class).setText("night");
        Button ok = button(asks, "newFile.ok");
        Screen.click(ok);
        assertFalse(ok.isEnabled(), "a file could be asked for twice");
        screen.until("refused", ok::isEnabled);
        assertEquals("mine", Files.readString(file));
        assertEquals("night", Screen.find(asks, "newFile.tags", Text.class).getText());
        screen.picture(asks, "credentials-exists");
        assertEquals(List.of(), given(), "the vault gave out a file that nobody has");
    }

    @Test
    void leavesNoFileWhenTheVaultSaysNo() throws Exception {
        Path file = folder.resolve("no.creds");
        Shell asks = newFile(file);
        Screen.find(asks, "newFile.tags", Text.class).setText("tier=db!");
        Button ok = button(asks, "newFile.ok");
        Screen.click(ok);
        screen.until("refused", ok::isEnabled);
        assertFalse(Files.exists(file));
        assertEquals(List.of(), given());
        screen.picture(asks, "credentials-refused");
    }
}
