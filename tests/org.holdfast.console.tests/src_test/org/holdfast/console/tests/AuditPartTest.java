package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.monitor.internal.AuditCsv;
import org.holdfast.console.monitor.internal.AuditPart;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.MonitorSite;
import org.holdfast.console.ui.Formats;
import org.holdfast.protocol.people.AuditView;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part with the audit, with real widgets on the audit of a real vault node. */
class AuditPartTest {
    /** More than one part of the list. */
    private static final int POLICIES = 230;

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private AuditPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, 3);
        screen = new Screen();
        part = new AuditPart(new MonitorSite(fleet.console(), new MonitorSelection(), null), Formats.local(),
                Clock.systemUTC());
        part.create(screen.shell());
        screen.open();
    }

    @AfterEach
    void stop() {
        part.destroy();
        screen.close();
        fleet.close();
    }

    private Table table() {
        return screen.find("audit.table", Table.class);
    }

    private String details() {
        return screen.find("audit.details", Text.class).getText();
    }

    private void policies(int count) {
        for (int i = 0; i < count; i++) {
            fleet.people().call("POST", "/api/v1/vaults/main/policies",
                    Policy.standard("p" + i).withItems(List.of("/srv")), Policy.class);
        }
    }

    private void choose(String combo, int entry) {
        Combo widget = screen.find(combo, Combo.class);
        widget.select(entry);
        widget.notifyListeners(SWT.Selection, new Event());
    }

    @Test
    void showsTheNewestFirstWithAllOfAnEntry() throws Exception {
        screen.until("prompt", () -> Screen.shows(screen.shell(), "fleet.connect"));
        fleet.connect();
        screen.until("entries", () -> table().getItemCount() > 5 && !table().getItem(0).getText(2).isEmpty());
        assertTrue(number(0) > number(1), "not the newest first");
        List<String> what = Screen.rows(table(), 2);
        int at = what.indexOf("create-policy");
        assertTrue(at >= 0, what.toString());
        assertEquals("admin", table().getItem(at).getText(1));
        assertEquals("Done", table().getItem(at).getText(5));
        Screen.select(table(), at);
        assertTrue(details().contains("What: create-policy") && details().contains("Hash: "), details());
        screen.picture("audit");
        Screen.click(screen.find("audit.verify", Button.class));
        screen.until("verified", () -> details().matches("All \\d+ entries are as they were written.*"));
    }

    private long number(int row) {
        return Long.parseLong(table().getItem(row).getText(7).replace(",", ""));
    }

    @Test
    void filtersByWhoWhatAndResult() throws Exception {
        String print = fleet.console().look(fleet.address()).get();
        assertThrows(ExecutionException.class, () -> fleet.console()
                .login(fleet.address(), print, "admin", "not the password".toCharArray()).get());
        fleet.connect();
        screen.until("entries", () -> table().getItemCount() > 5);
        screen.find("audit.what", Text.class).setText("policy");
        screen.until("filtered", () -> table().getItemCount() > 0
                && Screen.rows(table(), 2).stream().allMatch(w -> w.contains("policy")));
        screen.find("audit.what", Text.class).setText("LOG");
        choose("audit.result", 2);
        screen.until("refused only", () -> table().getItemCount() == 1
                && "sign-in-failed".equals(table().getItem(0).getText(5)));
        screen.picture("audit-filtered");
        choose("audit.result", 0);
        choose("audit.period", 0);
        screen.until("of today", () -> table().getItemCount() > 1);
        screen.find("audit.who", Text.class).setText("nobody of that name");
        screen.until("nothing", () -> Screen.shows(screen.shell(), "state.clearFilter"));
        assertTrue(screen.find("audit.who", Text.class).isVisible(), "the field is gone");
        Screen.click(screen.find("state.clearFilter", Button.class));
        screen.until("all", () -> table().isVisible() && table().getItemCount() > 5);
        assertEquals("", screen.find("audit.what", Text.class).getText());
    }

    @Test
    void readsOlderOnesOnTheWayDownAndExportsAll() throws Exception {
        policies(POLICIES);
        fleet.connect();
        screen.until("first part", () -> table().getItemCount() == 201);
        assertTrue(screen.label("audit.count").matches("200 of 2\\d\\d entries"), screen.label("audit.count"));
        table().showItem(table().getItem(200));
        screen.until("second part", () -> table().getItemCount() > 230);
        assertTrue(screen.label("audit.count").matches("2\\d\\d entries"), screen.label("audit.count"));
        Path file = folder.resolve("audit.csv");
        part.export(file);
        screen.until("exported", () -> details().contains("entries are in"));
        List<String> lines = Files.readAllLines(file);
        assertEquals("seq,at,actor,origin,action,target,vault,result,details,hash", lines.getFirst());
        assertTrue(lines.size() > POLICIES, "lines: " + lines.size());
        assertEquals(POLICIES + 2, lines.stream().filter(l -> l.contains(",create-policy,")).count());
        assertFalse(Files.exists(folder.resolve("audit.csv.part")));
    }

    @Test
    void saysThatTheRightIsMissing() throws Exception {
        fleet.people().send("POST", "/api/v1/users", "{\"name\":\"vera\",\"roles\":[\"operator\"],"
                + "\"password\":\"only for the first time\"}");
        String print = fleet.console().look(fleet.address()).get();
        var login = fleet.console().login(fleet.address(), print, "vera", "only for the first time".toCharArray())
                .get();
        login = fleet.console().changePassword(fleet.address(), print, login,
                "only for the first time".toCharArray(), VaultNode.PASSWORD.toCharArray()).get();
        fleet.console().add("Head office", fleet.address(), print, login, false);
        screen.until("no right", () -> Screen.shows(screen.shell(), "state.title")
                && screen.find("state.title", org.eclipse.swt.widgets.Label.class).getText().contains("may not"));
        screen.picture("audit-no-right");
    }

    @Test
    void writesNothingThatASpreadsheetRuns() {
        assertEquals("7,2026-11-23T10:00:00Z,'=1+1,10.0.0.1,login,\"a \"\"b\"\", c\",main,access-denied,,00",
                AuditCsv.line(new AuditView(7, Instant.parse("2026-11-23T10:00:00Z"), "=1+1", "10.0.0.1", "login",
                        "a \"b\", c", "main", "access-denied", "", "00")));
    }
}
