package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.servers.internal.ConnectDialog;
import org.holdfast.console.servers.internal.DetailsPart;
import org.holdfast.console.servers.internal.PolicyDialog;
import org.holdfast.console.servers.internal.RetireDialog;
import org.holdfast.console.servers.internal.ServerActions;
import org.holdfast.console.servers.internal.ServerSelection;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.internal.ServersPart;
import org.holdfast.console.servers.internal.ServersSite;
import org.holdfast.console.servers.internal.TagsDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part with the servers, and what is done from it, with real widgets on a real vault node. */
class ServersPartTest {
    private static final int SERVERS = 240;

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private ServerSelection selection;
    private ServersSite site;
    private ServersPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, SERVERS);
        screen = new Screen();
        selection = new ServerSelection();
        site = new ServersSite(fleet.console(), selection, null);
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
        part = new ServersPart(site, words());
        part.create(screen.shell());
        screen.open();
    }

    private static ServerWords words() {
        return new ServerWords(Formats.local(), Clock.systemUTC());
    }

    private Table table() {
        return screen.find("servers.table", Table.class);
    }

    private void untilRows(int rows) {
        screen.until(rows + " rows", () -> table().getItemCount() == rows);
    }

    private String chip(String id) {
        return screen.find("servers.chips." + id, Button.class).getText();
    }

    @Test
    void begins() throws Exception {
        open();
        screen.until("prompt", () -> Screen.shows(screen.shell(), "fleet.connect"));
        screen.picture("servers-none");
        fleet.connect();
        untilRows(SERVERS);
        fleet.console().signOut(fleet.console().sessions().getFirst());
        screen.until("prompt to sign in", () -> Screen.shows(screen.shell(), "fleet.signIn"));
    }

    @Test
    void filtersSortsAndKeepsTheSelection() throws Exception {
        FleetSession session = fleet.connect();
        open();
        untilRows(SERVERS);
        assertEquals("Unprotected  30", chip("unprotected"));
        assertEquals("Protected  150", chip("protected"));
        assertEquals("At risk  60", chip("at-risk"));
        assertEquals("Retired  1", chip("retired"));
        assertEquals("Unprotected", table().getItem(0).getText(0));
        screen.picture("servers");

        Screen.click(screen.find("servers.chips.unprotected", Button.class));
        untilRows(30);
        Screen.click(screen.find("servers.chips.at-risk", Button.class));
        untilRows(90);
        assertEquals("90 of 240 servers", screen.label("servers.count"));
        Text filter = screen.find("servers.filter", Text.class);
        filter.setText("db osaka");
        screen.until("filtered", () -> table().getItemCount() < 60);
        assertTrue(table().getItem(0).getText(1).matches("db.*osaka"), table().getItem(0).getText(1));
        screen.picture("servers-filtered");
        filter.setText("nothing at all");
        untilRows(0);
        assertTrue(filter.isVisible(), "the filter hid the field it was typed into");
        Screen.key(filter, SWT.ESC);
        untilRows(90);
        Screen.click(screen.find("servers.chips.unprotected", Button.class));
        Screen.click(screen.find("servers.chips.at-risk", Button.class));
        untilRows(SERVERS);

        Screen.select(table(), 3, 5);
        List<String> names = selection.rows().stream().map(r -> r.value().name()).toList();
        assertEquals(2, names.size());
        header(1);
        screen.until("sorted", () -> table().getItem(0).getText(1).equals("app01.lyon")
                || table().getItem(0).getText(1).startsWith("app01"));
        assertEquals(names.stream().sorted().toList(),
                selection.rows().stream().map(r -> r.value().name()).sorted().toList());
        String id = selection.rows().getFirst().value().id();
        var read = session.api().servers().read("main", id).get();
        session.api().servers().change("main", id, new org.holdfast.protocol.fleet.ChangeServer("renamed", null, null),
                read.etag()).get();
        screen.until("renamed", () -> selection.rows().stream().anyMatch(r -> r.value().name().equals("renamed")));
        assertEquals(2, selection.rows().size(), "a change took the selection away");
    }

    private void header(int column) {
        table().getColumn(column).notifyListeners(SWT.Selection, new Event());
    }

    @Test
    void choosesByTag() throws Exception {
        fleet.connect();
        open();
        untilRows(SERVERS);
        Tree tree = screen.find("servers.scopes", Tree.class);
        TreeItem role = find(tree.getItems(), "role  (240)");
        TreeItem db = find(role.getItems(), "db  (48)");
        tree.setSelection(db);
        var event = new Event();
        event.item = db;
        tree.notifyListeners(SWT.Selection, event);
        untilRows(48);
        assertTrue(chip("protected").endsWith(" 30"), chip("protected"));
        screen.picture("servers-tag");
    }

    @Test
    void savesFiltersByName() throws Exception {
        fleet.connect();
        open();
        untilRows(SERVERS);
        Button saved = screen.find("servers.filters", Button.class);
        Screen.click(saved);
        assertFalse(saved.getMenu().getItem(0).isEnabled(), "there is nothing to save");
        screen.find("servers.filter", Text.class).setText("osaka");
        Screen.click(screen.find("servers.chips.at-risk", Button.class));
        untilRows(20);
        screen.display().timerExec(0, () -> {
            Shell name = screen.dialog("filterName");
            Screen.all(name).stream().filter(c -> c instanceof Text t && t.getEditable()).map(Text.class::cast)
                    .forEach(t -> t.setText("Osaka at risk"));
            Screen.click(Screen.find(name, "filterName.ok", Button.class));
        });
        choose(saved, "&Save This Filter...");
        screen.find("servers.filter", Text.class).setText("");
        Screen.click(screen.find("servers.chips.at-risk", Button.class));
        untilRows(SERVERS);
        choose(saved, "Osaka at risk");
        untilRows(20);
        assertEquals("osaka", screen.find("servers.filter", Text.class).getText());
        assertTrue(screen.find("servers.chips.at-risk", Button.class).getSelection());
    }

    /** Opens the menu of a button and takes an entry. */
    private static void choose(Button button, String text) {
        Screen.click(button);
        for (MenuItem item : button.getMenu().getItems()) {
            if (item.getText().equals(text)) {
                button.getMenu().setVisible(false);
                item.notifyListeners(SWT.Selection, new Event());
                return;
            }
        }
        throw new AssertionError("There is no " + text);
    }

    private static TreeItem find(TreeItem[] items, String text) {
        for (TreeItem item : items) {
            if (item.getText().equals(text)) {
                return item;
            }
        }
        throw new AssertionError("There is no " + text);
    }

    @Test
    void saysThatTheVaultIsGoneAndKeepsTheRows() throws Exception {
        FleetSession session = fleet.connect();
        open();
        untilRows(SERVERS);
        fleet.node().close();
        screen.until("banner", () -> Screen.shows(screen.shell(), "servers.banner"));
        assertEquals(LinkState.Kind.STALE, session.state().kind());
        assertEquals(SERVERS, table().getItemCount());
        assertTrue(screen.find("servers.bannerText", Label.class).getText().contains("Head office"));
        screen.picture("servers-stale");
    }

    @Test
    void actsOnManyWithAResultForEach() throws Exception {
        FleetSession session = fleet.connect();
        open();
        untilRows(SERVERS);
        Screen.select(table(), 0, 1, 2, 3);
        new ServerActions(screen.shell()).tag(selection.rows(), List.of("winter"), List.of());
        Shell many = screen.dialog("many");
        screen.until("done", () -> label(many, "many.summary").startsWith("4 of 4 done"));
        assertEquals(List.of("Done", "Done", "Done", "Done"),
                Screen.rows(Screen.find(many, "many.table", Table.class)));
        screen.until("tagged", () -> session.live().servers().snapshot().stream()
                .filter(s -> s.tags().contains("winter")).count() == 4);
        screen.until("selection follows",
                () -> selection.rows().stream().allMatch(r -> r.value().tags().contains("winter")));
        many.close();

        new ServerActions(screen.shell()).tag(selection.rows(), List.of("winter"), List.of());
        Shell again = screen.dialog("many");
        screen.until("skipped", () -> label(again, "many.summary").contains("4 skipped"));
        again.close();

        new ServerActions(screen.shell()).assign(selection.rows(), "databases");
        Shell assign = screen.dialog("many");
        screen.until("assigned", () -> label(assign, "many.summary").startsWith("4 of 4 done"));
        screen.until("follows", () -> selection.rows().stream().allMatch(r -> "databases".equals(r.value().policy())));
        assign.close();

        fleet.node().close();
        new ServerActions(screen.shell()).tag(selection.rows(), List.of("spring"), List.of());
        Shell failed = screen.dialog("many");
        screen.until("failed", () -> label(failed, "many.summary").contains("4 failed"));
        assertTrue(Screen.find(failed, "many.retry", Button.class).isEnabled());
        screen.picture(failed, "many-failed");
    }

    private static String label(Shell shell, String id) {
        return Screen.find(shell, id, Label.class).getText();
    }

    @Test
    void showsDetailsOfOneServer() throws Exception {
        fleet.connect();
        open();
        untilRows(SERVERS);
        var shell = new Shell(screen.display());
        shell.setLayout(new org.eclipse.swt.layout.FillLayout());
        shell.setSize(600, 520);
        var details = new DetailsPart(site, words());
        details.create(shell);
        shell.open();
        Screen.select(table(), 0);
        Table facts = Screen.find(shell, "details.table", Table.class);
        screen.until("facts", () -> facts.getItemCount() > 10);
        assertEquals("Server", facts.getItem(0).getText(0));
        assertEquals(table().getItem(0).getText(1), facts.getItem(0).getText(1));
        screen.picture(shell, "server-details");
        Screen.select(table(), 0, 1);
        screen.until("several", () -> !facts.isVisible());
        details.destroy();
        shell.dispose();
    }

    @Test
    void dialogsSayWhatTheyDo() throws Exception {
        fleet.connect();
        open();
        untilRows(SERVERS);
        Screen.select(table(), 0, 1, 2);
        var policy = new PolicyDialog(screen.shell(), selection.rows());
        policy.setBlockOnOpen(false);
        policy.open();
        Shell shell = screen.dialog("policy");
        screen.settle();
        screen.picture(shell, "policy-dialog");
        Screen.select(Screen.find(shell, "policy.table", Table.class), 0);
        Screen.click(Screen.find(shell, "policy.ok", Button.class));
        assertEquals("daily".length(), policy.policy().replace("databases", "daily").length());

        var tags = new TagsDialog(screen.shell(), selection.rows());
        tags.setBlockOnOpen(false);
        tags.open();
        shell = screen.dialog("tags");
        Button ok = Screen.find(shell, "tags.ok", Button.class);
        assertFalse(ok.isEnabled());
        Screen.find(shell, "tags.add", Text.class).setText("tier=db");
        assertFalse(ok.isEnabled(), "a tag that the vault refuses was taken");
        screen.picture(shell, "tags-dialog");
        Screen.find(shell, "tags.add", Text.class).setText("tier:db, night");
        Screen.click(ok);
        assertEquals(List.of("tier:db", "night"), tags.added());

        var retire = new RetireDialog(screen.shell(), selection.rows());
        retire.setBlockOnOpen(false);
        retire.open();
        shell = screen.dialog("retire");
        assertEquals(Screen.find(shell, "retire.cancel", Button.class), shell.getDefaultButton());
        screen.picture(shell, "retire-dialog");
        shell.close();
    }

    @Test
    void connectsStepByStep() throws Exception {
        open();
        fleet.people().send("POST", "/api/v1/users", "{\"name\":\"anna\",\"roles\":[\"operator\"],"
                + "\"password\":\"only for the first time\"}");
        var dialog = new ConnectDialog(screen.shell(), fleet.console(), null);
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("connect");
        Button next = Screen.find(shell, "connect.next", Button.class);
        assertFalse(next.isEnabled());
        text(shell, "connect.address").setText("127.0.0.1:1");
        Screen.click(next);
        screen.until("nobody there", next::isEnabled);
        assertEquals("127.0.0.1:1", text(shell, "connect.address").getText());
        screen.picture(shell, "connect-failed");
        text(shell, "connect.address").setText(fleet.address());
        text(shell, "connect.name").setText("Head office");
        Screen.click(next);
        Button same = Screen.find(shell, "connect.same", Button.class);
        screen.until("fingerprint", same::isVisible);
        assertFalse(next.isEnabled(), "a fingerprint that nobody compared was taken");
        assertTrue(text(shell, "connect.fingerprint").getText().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
        screen.picture(shell, "connect-compare");
        Screen.click(same);
        Screen.click(next);
        text(shell, "connect.user").setText("anna");
        text(shell, "connect.password").setText("wrong");
        Screen.click(next);
        screen.until("refused", next::isEnabled);
        screen.picture(shell, "connect-sign-in");
        text(shell, "connect.password").setText("only for the first time");
        Screen.click(next);
        screen.until("new password", () -> text(shell, "connect.newPassword").isVisible());
        text(shell, "connect.newPassword").setText(VaultNode.PASSWORD);
        text(shell, "connect.repeated").setText("something else");
        assertFalse(next.isEnabled());
        screen.picture(shell, "connect-password");
        text(shell, "connect.repeated").setText(VaultNode.PASSWORD);
        Screen.click(next);
        screen.until("done", shell::isDisposed);
        untilRows(SERVERS);
        FleetSession session = fleet.console().sessions().getFirst();
        assertEquals("Head office", session.connection().name());
        assertFalse(session.may("user.manage"));
    }

    private static Text text(Composite shell, String id) {
        return Screen.find(shell, id, Text.class);
    }
}
