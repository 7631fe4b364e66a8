package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.internal.ApprovalWords;
import org.holdfast.console.monitor.internal.ApprovalsPart;
import org.holdfast.console.monitor.internal.Causes;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.MonitorSite;
import org.holdfast.console.ui.Formats;
import org.holdfast.protocol.people.LoginAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a second person, with real widgets; the second person is signed in at a real vault node. */
class ApprovalsPartTest {
    private static final String PASSWORD = "a long enough secret";
    private static final String OTHER = "another long secret";

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private ApprovalsPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, 3);
        screen = new Screen();
        part = new ApprovalsPart(new MonitorSite(fleet.console(), new MonitorSelection(), null),
                new ApprovalWords(Formats.local()));
        part.create(screen.shell());
        screen.open();
    }

    @AfterEach
    void stop() {
        part.destroy();
        screen.close();
        fleet.close();
    }

    private FleetSession connectAs(String name, String role) throws Exception {
        assertEquals(201, fleet.people().send("POST", "/api/v1/users", "{\"name\":\"" + name + "\",\"fullName\":\"X\","
                + "\"password\":\"" + PASSWORD + "\",\"roles\":[\"" + role + "\"]}").statusCode());
        String print = fleet.console().look(fleet.address()).get();
        LoginAnswer first = fleet.console().login(fleet.address(), print, name, PASSWORD.toCharArray()).get();
        fleet.console().changePassword(fleet.address(), print, first, PASSWORD.toCharArray(), OTHER.toCharArray())
                .get();
        LoginAnswer login = fleet.console().login(fleet.address(), print, name, OTHER.toCharArray()).get();
        FleetSession session = fleet.console().add("Head office", fleet.address(), print, login, false);
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
        return session;
    }

    /** Somebody else wants to weaken the vault. */
    private int weaken(int days) {
        return fleet.people().send("PUT", "/api/v1/vaults/main", "{\"name\":\"main\",\"softDelete\":{\"days\":" + days
                + ",\"always\":false}}", "If-Match", "\"2\"").statusCode();
    }

    private Table table() {
        return screen.find("approvals.table", Table.class);
    }

    private Button button(String id) {
        return screen.find("approvals." + id, Button.class);
    }

    private void decide(String how, String remark) {
        Button button = button(how);
        // The dialog has an event loop of its own, in which the rest happens.
        screen.display().asyncExec(() -> {
            Shell dialog = screen.dialog("decide");
            assertEquals(List.of(), AccessibilityTest.clashes(dialog));
            assertTrue(Screen.find(dialog, "decide.what", Text.class).getText().startsWith("admin wants to: weaken"));
            Screen.find(dialog, "decide.remark", Text.class).setText(remark);
            screen.picture(dialog, "approval-" + how);
            Screen.click(Screen.find(dialog, "decide.ok", Button.class));
        });
        Screen.click(button);
    }

    private void untilState(String state) {
        screen.until(state, () -> table().getItemCount() > 0 && Screen.rows(table()).contains(state));
        Screen.select(table(), Screen.rows(table()).indexOf(state));
    }

    @Test
    void anOfficerDecidesWithARemark() throws Exception {
        FleetSession session = connectAs("olga", "security-officer");
        screen.until("nothing yet", () -> Screen.shows(screen.shell(), "approvals.refresh"));
        assertEquals(409, weaken(0));
        untilState("Waiting");
        assertEquals("admin", table().getItem(0).getText(2));
        assertTrue(table().getItem(0).getText(1).startsWith("weaken the vault main"), table().getItem(0).getText(1));
        assertFalse(button("withdraw").isEnabled(), "somebody else's request could be withdrawn");
        Screen.select(table(), 0);
        decide("deny", "not before the audit");
        untilState("Denied");
        assertEquals("olga", table().getItem(0).getText(5));
        assertEquals("not before the audit", table().getItem(0).getText(6));
        assertFalse(button("approve").isEnabled());
        assertEquals(409, weaken(0));
        untilState("Waiting");
        screen.picture("approvals");
        decide("approve", "seen");
        untilState("Approved");
        assertEquals(200, weaken(0));
        part.refresh();
        untilState("Done");
        VaultSummary vault = session.api().vaults().read("main").get().value();
        assertEquals(0, vault.softDelete().days());
    }

    @Test
    void whoeverAsksWithdraws() throws Exception {
        fleet.people().send("POST", "/api/v1/users", "{\"name\":\"olga\",\"fullName\":\"X\",\"password\":\"" + PASSWORD
                + "\",\"roles\":[\"security-officer\"]}");
        FleetSession session = fleet.connect();
        assertEquals(409, weaken(0));
        untilState("Waiting");
        assertFalse(button("approve").isEnabled(), "one's own request could be approved");
        Screen.click(button("withdraw"));
        untilState("Withdrawn");
        assertEquals(409, weaken(0));
        Until.that("alert", () -> session.live().alerts().snapshot().stream()
                .anyMatch(a -> a.kind() == AlertKind.APPROVAL_WAITING));
        var opened = new ArrayList<String>();
        session.live().alerts().snapshot().stream().filter(a -> a.kind() == AlertKind.APPROVAL_WAITING).findFirst()
                .ifPresent(a -> Causes.open(new Row<>(session, a), (command, parameters) -> opened.add(
                        parameters.toString())));
        assertTrue(opened.getFirst().contains("monitor.approvals"), opened.toString());
    }

    @Test
    void readersAreToldThatTheyMayNotSeeIt() throws Exception {
        connectAs("ruth", "reader");
        screen.until("no right", () -> Screen.shows(screen.shell(), "state.title")
                && screen.label("state.title").equals("Your account may not see this"));
    }
}
