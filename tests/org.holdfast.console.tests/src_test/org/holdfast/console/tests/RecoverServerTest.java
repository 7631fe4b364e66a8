package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.console.client.recover.CompareModel;
import org.holdfast.console.model.Row;
import org.holdfast.console.recovery.internal.BrowsePart;
import org.holdfast.console.recovery.internal.PinDialog;
import org.holdfast.console.recovery.internal.PointsPart;
import org.holdfast.console.recovery.internal.ServerDialog;
import org.holdfast.protocol.fleet.StartJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choosing a server of a vault node, opening its data with its passphrase, and looking into it. */
class RecoverServerTest {
    @TempDir
    static Path folder;
    private static FleetRecovery r;
    private static RealAgent agent;
    private static ServerSummary server;

    @BeforeAll
    static void backUp() throws Exception {
        r = new FleetRecovery(folder);
        agent = new RealAgent(r.fleet, folder.resolve("alpha"));
        server = r.named("alpha");
        Files.createDirectories(agent.data().resolve("shares"));
        Files.writeString(agent.data().resolve("shares/letter.txt"), "Dear Berta");
        Files.createDirectories(agent.data().resolve("still/deep"));
        Files.writeString(agent.data().resolve("still/deep/water.txt"), "runs");
        r.backUp(server, agent.data());
        r.run(new StartJob(null, server.id(), JobKind.VERIFY, List.of(), null, null, null, null));
        Files.writeString(agent.data().resolve("shares/letter.txt"), "Dear Berta, dear Emil");
        r.backUp(server, agent.data());
        r.screen.open();
    }

    @AfterAll
    static void close() {
        if (agent != null) {
            agent.close();
        }
        r.close();
    }

    private Shell dialog(Row<ServerSummary> proposed) {
        var dialog = new ServerDialog(r.screen.shell(), r.session, proposed);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return r.screen.dialog("server");
    }

    private static Button ok(Shell dialog) {
        return Screen.find(dialog, "server.ok", Button.class);
    }

    @Test
    void aServerIsChosenOpenedAndBrowsed() {
        PointsPart points = new PointsPart(r.site);
        BrowsePart browse = new BrowsePart(r.site);
        var left = new Composite(r.screen.shell(), 0);
        left.setLayout(new FillLayout());
        points.create(left);
        var right = new Composite(r.screen.shell(), 0);
        right.setLayout(new FillLayout());
        browse.create(right);
        r.screen.shell().layout(true, true);
        assertTrue(Screen.shows(r.screen.shell(), "points.chooseServer"), "a server can be chosen");
        r.screen.picture("recover-nothing-open");

        Shell shell = dialog(null);
        Table table = Screen.find(shell, "server.table", Table.class);
        r.screen.until("servers are there", () -> table.getItemCount() == 14);
        Screen.type(Screen.find(shell, "server.filter", Text.class), "alpha");
        r.screen.until("filtered", () -> table.getItemCount() == 1);
        assertFalse(ok(shell).isEnabled(), "nothing is chosen");
        Screen.select(table, 0);
        assertFalse(ok(shell).isEnabled(), "there is no passphrase");
        Text secret = Screen.find(shell, "server.secret", Text.class);
        Screen.type(secret, "not the passphrase of it");
        r.screen.picture(shell, "recover-server-dialog");
        assertEquals(List.of(), AccessibilityTest.nameless(shell));
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        Screen.click(ok(shell));
        assertFalse(secret.isEnabled(), "it is busy");
        r.screen.until("it is refused", secret::isEnabled);
        assertTrue(messages(shell).contains("does not open the data of alpha"), messages(shell));
        assertNull(r.session.connection());
        r.screen.picture(shell, "recover-server-wrong");

        Screen.type(secret, RealAgent.PASSPHRASE);
        Screen.click(ok(shell));
        r.screen.until("points are there", () -> r.session.points().size() == 2);
        assertTrue(shell.isDisposed());
        r.screen.until("marks are there", () -> r.session.mark(r.session.points().getFirst()).verified() != null);
        r.screen.until("contents are there", () -> r.screen.find("browse.table", Table.class).getItemCount() == 1);
        assertNull(r.session.mark(r.session.points().getLast()).verified(), "it came after the verification");
        assertEquals(List.of("", "verified"), Screen.rows(r.screen.find("points.table", Table.class), 3));
        assertTrue(r.screen.label("points.vault").startsWith("alpha"), r.screen.label("points.vault"));
        r.session.chooseFolder(RawPath.of(agent.data().resolve("shares").toString()));
        r.screen.until("the letter is there", () -> Screen.rows(r.screen.find("browse.table", Table.class))
                .equals(List.of("letter.txt")));
        r.screen.picture("recover-server-browse");

        pinAndUnpin();
        VaultConnection connection = Objects.requireNonNull(r.session.connection());
        var compared = new CompareModel(r.session.ui(), () -> {
        });
        compared.start(connection, r.session.points().getFirst(), r.session.points().getLast(),
                r.session.points().getLast().base());
        r.screen.until("the points are compared", () -> compared.state() == CompareModel.State.DONE);
        assertEquals(1, compared.size());
        assertEquals("letter.txt", Objects.requireNonNull(compared.row(0)).entry().name());
        assertEquals(3, compared.folders(), "what did not change is not looked into");

        Shell again = dialog(new Row<>(r.vaultServer, server));
        r.screen.until("it is selected", () -> Screen.find(again, "server.table", Table.class)
                .getSelectionCount() == 1);
        assertTrue(ok(again).isEnabled(), "what is open needs no passphrase");
        Screen.click(ok(again));
        assertEquals(connection, r.session.connection());

        r.backUp(server, agent.data());
        r.screen.until("the new point comes by itself", () -> r.session.points().size() == 3);

        assertEquals(RealAgent.PASSPHRASE, new String(connection.passphrase()));
        r.fleet.console().signOut(r.vaultServer).join();
        r.screen.until("whoever signs out leaves nothing open", () -> r.session.connection() == null);
        assertEquals(0, connection.passphrase().length);
        assertFalse(connection.isOpen());
        points.destroy();
        browse.destroy();
    }

    private void pinAndUnpin() {
        Table table = r.screen.find("points.table", Table.class);
        PointSummary point = Objects.requireNonNull(r.session.point());
        Shell shell = pinDialog();
        assertTrue(Screen.find(shell, "pin.untilDate", Button.class).getSelection());
        Screen.find(shell, "pin.date", DateTime.class).setDate(2020, 0, 1);
        Screen.find(shell, "pin.date", DateTime.class).notifyListeners(SWT.Selection, new Event());
        assertFalse(Screen.find(shell, "pin.ok", Button.class).isEnabled(), "that day is over");
        Screen.find(shell, "pin.date", DateTime.class).setDate(2099, 11, 31);
        Screen.find(shell, "pin.date", DateTime.class).notifyListeners(SWT.Selection, new Event());
        Screen.type(Screen.find(shell, "pin.remark", Text.class), "before the move");
        r.screen.picture(shell, "recover-pin");
        assertEquals(List.of(), AccessibilityTest.nameless(shell));
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        // the arrow of a date field is the toolkit's own
        assertEquals(List.of(), AccessibilityTest.cut(shell).stream().filter(c -> !c.startsWith("Button {}")).toList());
        Screen.click(Screen.find(shell, "pin.ok", Button.class));
        r.screen.until("it is pinned", () -> r.session.mark(point).pin() != null && shell.isDisposed());
        assertEquals("before the move", Objects.requireNonNull(r.session.mark(point).pin()).remark());
        assertEquals(List.of("until Dec 31, 2099", ""), Screen.rows(table, 4));
        r.screen.picture("recover-pinned");

        Shell again = pinDialog();
        Screen.click(Screen.find(again, "pin.always", Button.class));
        Screen.click(Screen.find(again, "pin.ok", Button.class));
        r.screen.until("it is kept for ever", () -> Screen.rows(table, 4).equals(List.of("for ever", "")));
        var audit = r.vaultServer.api().audit().list(ListQuery.all()).join().items();
        assertTrue(audit.stream().anyMatch(a -> a.action().equals("pin-point") && a.details().equals("for ever")),
                audit::toString);
        r.site.actions().unpin(r.screen.shell());
        r.screen.until("the policy decides again", () -> r.session.mark(point).pin() == null
                && Screen.rows(table, 4).equals(List.of("", "")));
        assertFalse(r.session.mayUnpin());
    }

    private Shell pinDialog() {
        assertTrue(r.screen.find("points.pin", Button.class).isEnabled());
        var dialog = new PinDialog(r.screen.shell(), r.session);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return r.screen.dialog("pin");
    }

    private static String messages(Shell shell) {
        var all = new StringBuilder();
        for (var control : Screen.all(shell)) {
            if (control instanceof Label label) {
                all.append(label.getText()).append('\n');
            } else if (control instanceof Text text && (text.getStyle() & SWT.PASSWORD) == 0) {
                all.append(text.getText()).append('\n');
            }
        }
        return all.toString();
    }
}
