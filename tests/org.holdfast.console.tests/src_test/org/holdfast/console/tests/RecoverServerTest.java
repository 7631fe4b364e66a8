package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.CompareModel;
import org.holdfast.console.model.Row;
import org.holdfast.console.recovery.internal.BrowsePart;
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

    private static String messages(Shell shell) {
        var all = new StringBuilder();
        for (var control : Screen.all(shell)) {
            if (control instanceof Label label) {
                all.append(label.getText()).append('\n');
            } else if (control instanceof Text text && (text.getStyle() & org.eclipse.swt.SWT.PASSWORD) == 0) {
                all.append(text.getText()).append('\n');
            }
        }
        return all.toString();
    }
}
