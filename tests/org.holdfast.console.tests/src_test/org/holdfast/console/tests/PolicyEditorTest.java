package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PoliciesSources;
import org.holdfast.console.policies.internal.PolicyActions;
import org.holdfast.console.policies.internal.PolicyEditor;
import org.holdfast.console.policies.internal.PolicyWords;
import org.holdfast.console.ui.Formats;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor of policies, with real widgets on a real vault node. */
class PolicyEditorTest {
    private static final int RETENTION = 3;
    private static final int BANDWIDTH = 4;
    private static final int COMMANDS = 5;
    private static final int ASSIGNMENT = 6;

    @TempDir
    private Path folder;
    private Fleet fleet;
    private Screen screen;
    private FleetSession session;
    private final PolicyWords words = new PolicyWords(Formats.local());

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 24);
        screen = new Screen();
        screen.open();
        session = fleet.connect();
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
    }

    private Row<VaultPolicy> row(String name) {
        screen.until(name, () -> session.live().policies().get("main/" + name) != null);
        return new Row<>(session, session.live().policies().get("main/" + name));
    }

    private Policy stored(String name) {
        return fleet.people().call("GET", "/api/v1/vaults/main/policies/" + name, null, Policy.class);
    }

    private Shell edit(String name) {
        PolicyEditor.edit(screen.shell(), words, row(name));
        Shell shell = screen.dialog("policyEditor");
        screen.until("read", () -> Screen.shows(shell, "policyEditor.pages")
                && Screen.find(shell, "general.name", Text.class).getText().equals(name));
        return shell;
    }

    private void page(Shell shell, int index) {
        Screen.find(shell, "policyEditor.pages", CTabFolder.class).setSelection(index);
        screen.settle();
    }

    private static <T extends Control> T find(Shell shell, String id, Class<T> type) {
        return Screen.find(shell, id, type);
    }

    private static Button save(Shell shell) {
        return find(shell, "policyEditor.save", Button.class);
    }

    private static String message(Shell shell) {
        return find(shell, "policyEditor.message", Label.class).getText();
    }

    private void saved(Shell shell, int version) {
        Screen.click(save(shell));
        screen.until("saved: " + message(shell), () -> message(shell).contains("Saved as version " + version));
    }

    private static void choose(Combo combo, int index) {
        combo.select(index);
        combo.notifyListeners(SWT.Selection, new Event());
    }

    private static void key(Control control, int code, int state) {
        var event = new Event();
        event.keyCode = code;
        event.stateMask = state;
        event.doit = true;
        control.notifyListeners(SWT.KeyDown, event);
    }

    /** Drags the mouse over a control, from one corner of a rectangle to the other, in parts of its size. */
    private static void paint(Control control, double from, double to) {
        int[] types = { SWT.MouseDown, SWT.MouseMove, SWT.MouseUp };
        double[] at = { from, to, to };
        for (int i = 0; i < types.length; i++) {
            var event = new Event();
            event.button = 1;
            event.x = (int) (control.getSize().x * at[i]);
            event.y = (int) (control.getSize().y * at[i]);
            control.notifyListeners(types[i], event);
        }
    }

    @Test
    void showsNextRunsAndAYearOfPoints() {
        Shell shell = edit("daily");
        assertFalse(save(shell).isEnabled(), "nothing was changed");
        screen.picture(shell, "policy-general");
        page(shell, 1);
        screen.picture(shell, "policy-items");
        page(shell, 2);
        Table runs = find(shell, "plan.runs", Table.class);
        screen.until("next runs", () -> runs.getItemCount() == 10);
        assertTrue(runs.getItem(0).getText(0).contains("10:00"), runs.getItem(0).getText(0));
        assertEquals("depends on the server", runs.getItem(0).getText(1));
        screen.picture(shell, "policy-schedule");
        choose(find(shell, "plan.kind", Combo.class), 2);
        assertTrue(find(shell, "plan.monday", Button.class).isVisible());
        screen.until("asked for days", () -> message(shell).contains("At least one day"));
        Screen.click(find(shell, "plan.monday", Button.class));
        find(shell, "plan.times", Text.class).setText("6:15");
        find(shell, "plan.zone", Combo.class).setText("Asia/Tokyo");
        screen.until("Mondays", () -> runs.getItemCount() == 10 && runs.getItem(0).getText(0).startsWith("Monday")
                && runs.getItem(9).getText(0).startsWith("Monday") && runs.getItem(0).getText(0).contains("6:15"));
        assertFalse(runs.getItem(0).getText(1).startsWith("depends"));
        screen.picture(shell, "policy-schedule-weekly");
        find(shell, "plan.zone", Combo.class).setText("Mars/Base");
        assertTrue(message(shell).contains("time zone"));
        choose(find(shell, "plan.kind", Combo.class), 1);
        find(shell, "plan.zone", Combo.class).setText("");
        page(shell, RETENTION);
        Table points = find(shell, "retention.points", Table.class);
        screen.until("a year", () -> points.getItemCount() == 366);
        assertEquals("daily", points.getItem(3).getText(1).replace("weekly", "daily").replace("monthly", "daily"));
        Label there = find(shell, "retention.there", Label.class);
        assertTrue(there.getText().contains("there are 47 points"), there.getText());
        screen.picture(shell, "policy-retention");
        Scale scale = find(shell, "retention.at", Scale.class);
        scale.setSelection(9);
        scale.notifyListeners(SWT.Selection, new Event());
        assertTrue(there.getText().contains("there are 10 points"), there.getText());
        Canvas calendar = find(shell, "retention.calendar", Canvas.class);
        key(calendar, SWT.ARROW_RIGHT, 0);
        assertEquals(7, points.getSelectionIndex());
        key(calendar, SWT.END, 0);
        assertEquals(365, points.getSelectionIndex());
        assertTrue(find(shell, "retention.day", Label.class).getText().contains("still there"));
        find(shell, "retention.daily", Spinner.class).setSelection(3);
        screen.until("fewer", () -> there.getText().contains("there are 2")); // 12 weeks, 12 months, some of both
        screen.picture(shell, "policy-retention-short");
        Screen.click(find(shell, "policyEditor.close", Button.class));
        Shell unsaved = screen.dialog("unsaved");
        screen.picture(unsaved, "policy-unsaved");
        Screen.click(find(unsaved, "unsaved.discard", Button.class));
        screen.until("closed", shell::isDisposed);
        assertEquals(1, stored("daily").version());
    }

    @Test
    void storesEverythingThatCanBeEdited() {
        Shell shell = edit("daily");
        find(shell, "general.description", Text.class).setText("All offices");
        page(shell, 1);
        find(shell, "items.paths", Text.class).setText("/srv\nhome\n");
        screen.until("path", () -> message(shell).contains("line 2"));
        Screen.click(save(shell));
        assertEquals(1, stored("daily").version());
        assertEquals(1, find(shell, "policyEditor.pages", CTabFolder.class).getSelectionIndex());
        find(shell, "items.paths", Text.class).setText("/srv\n/home\n");
        find(shell, "items.globs", Text.class).setText("*.tmp");
        page(shell, BANDWIDTH);
        Canvas grid = find(shell, "bandwidth.grid", Canvas.class);
        Screen.click(find(shell, "bandwidth.work.limited", Button.class));
        find(shell, "bandwidth.work", Spinner.class).setSelection(2500);
        key(grid, SWT.HOME, 0);
        for (int i = 0; i < 8; i++) {
            key(grid, SWT.ARROW_RIGHT, 0);
        }
        for (int i = 0; i < 9; i++) {
            key(grid, SWT.ARROW_RIGHT, SWT.SHIFT);
        }
        for (int i = 0; i < 4; i++) {
            key(grid, SWT.ARROW_DOWN, SWT.SHIFT);
        }
        key(grid, SWT.CR, 0);
        assertEquals("18:00", find(shell, "bandwidth.end", Text.class).getText());
        assertTrue(find(shell, "bandwidth.friday", Button.class).getSelection());
        key(grid, SWT.ARROW_UP, 0);
        key(grid, SWT.SPACE, 0);
        assertFalse(find(shell, "bandwidth.thursday", Button.class).getSelection());
        screen.picture(shell, "policy-bandwidth");
        paint(grid, 0.3, 0.9);
        assertTrue(find(shell, "bandwidth.sunday", Button.class).getSelection());
        assertFalse(find(shell, "bandwidth.monday", Button.class).getSelection());
        assertTrue(find(shell, "bandwidth.end", Text.class).getText().compareTo("20:00") > 0);
        key(grid, SWT.HOME, 0);
        for (int i = 0; i < 7; i++) {
            key(grid, SWT.ARROW_UP, 0);
        }
        for (int i = 0; i < 8; i++) {
            key(grid, SWT.ARROW_RIGHT, 0);
        }
        for (int i = 0; i < 9; i++) {
            key(grid, SWT.ARROW_RIGHT, SWT.SHIFT);
        }
        for (int i = 0; i < 4; i++) {
            key(grid, SWT.ARROW_DOWN, SWT.SHIFT);
        }
        key(grid, SWT.KEYPAD_CR, 0);
        Screen.click(find(shell, "bandwidth.thursday", Button.class));
        page(shell, COMMANDS);
        Screen.click(find(shell, "before.used", Button.class));
        find(shell, "before.command", Text.class).setText("stop/db");
        screen.until("hook", () -> message(shell).contains("folder of hooks"));
        find(shell, "before.command", Text.class).setText("stop-db");
        find(shell, "before.arguments", Text.class).setText("--fast\nmain db");
        choose(find(shell, "before.failure", Combo.class), Hook.OnFailure.WARN.ordinal());
        screen.picture(shell, "policy-commands");
        page(shell, ASSIGNMENT);
        find(shell, "assign.tags", Text.class).setText("role:web");
        screen.picture(shell, "policy-assignment");
        saved(shell, 2);
        Policy now = stored("daily");
        assertEquals("All offices", now.description());
        assertEquals(List.of("/srv", "/home"), now.items());
        assertEquals(List.of("*.tmp"), now.exclusions().globs());
        assertEquals(new Bandwidth(Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY,
                DayOfWeek.FRIDAY), LocalTime.of(8, 0), LocalTime.of(18, 0), 2_500_000, 0, false), now.bandwidth());
        assertEquals(new Hook("stop-db", List.of("--fast", "main db"), Duration.ofMinutes(10), Hook.OnFailure.WARN),
                now.before());
        assertNull(now.after());
        assertEquals(new PolicyAssignments(List.of("role:web"), true), fleet.people().call("GET",
                "/api/v1/vaults/main/policies/daily/assignments", null, PolicyAssignments.class));
        assertFalse(save(shell).isEnabled());
        shell.close();
        screen.until("closed", shell::isDisposed);
    }

    @Test
    void neverOverwritesUnasked() {
        Shell shell = edit("databases");
        find(shell, "general.description", Text.class).setText("mine");
        storeItems(List.of("/theirs"));
        screen.until("told", () -> message(shell).contains("version 2"));
        Screen.click(save(shell));
        Shell conflict = screen.dialog("conflict");
        assertEquals(List.of("Description", "Paths"), Screen.rows(find(conflict, "conflict.table", Table.class)));
        screen.picture(conflict, "policy-conflict");
        Screen.click(find(conflict, "conflict.reload", Button.class));
        assertEquals("/theirs", find(shell, "items.paths", Text.class).getText());
        assertFalse(save(shell).isEnabled());
        find(shell, "general.description", Text.class).setText("mine again");
        storeItems(List.of("/theirs", "/more"));
        screen.until("told", () -> message(shell).contains("version 3"));
        Screen.click(save(shell));
        Screen.click(find(screen.dialog("conflict"), "conflict.overwrite", Button.class));
        screen.until("saved", () -> message(shell).contains("Saved as version 4"));
        assertEquals("mine again", stored("databases").description());
        assertEquals(List.of("/theirs"), stored("databases").items());
        storeItems(List.of("/new"));
        screen.until("followed", () -> find(shell, "items.paths", Text.class).getText().equals("/new"));
        PolicyEditor.edit(screen.shell(), words, row("databases"));
        assertEquals(1, List.of(screen.display().getShells()).stream()
                .filter(s -> "policyEditor".equals(s.getData(org.holdfast.console.ui.Ui.ID))).count());
        shell.close();
    }

    @Test
    void makesCopiesAndDeletes() {
        PolicyEditor.create(screen.shell(), words, PoliciesSources.places(fleet.console()), Policy.standard(""));
        Shell shell = screen.dialog("policyEditor");
        screen.until("shown", () -> Screen.shows(shell, "policyEditor.pages"));
        screen.picture(shell, "policy-new");
        find(shell, "general.name", Text.class).setText("not a name");
        assertTrue(message(shell).contains("1 to 64 letters"));
        find(shell, "general.name", Text.class).setText("hourly");
        page(shell, 2);
        choose(find(shell, "plan.kind", Combo.class), 3);
        find(shell, "plan.expression", Text.class).setText("0 99 * * *");
        Label state = find(shell, "plan.state", Label.class);
        screen.until("refused", () -> state.getText().contains("99"));
        find(shell, "plan.expression", Text.class).setText("0 * * * *");
        screen.until("hours", () -> find(shell, "plan.runs", Table.class).getItemCount() == 10);
        saved(shell, 1);
        assertEquals(new Schedule.Cron("0 * * * *"), plan("hourly").schedule());
        assertFalse(find(shell, "general.name", Text.class).isEnabled());
        page(shell, ASSIGNMENT);
        Screen.click(find(shell, "assign.servers", Button.class));
        Shell picker = screen.dialog("assignServers");
        find(picker, "picker.filter", Text.class).setText("role:db osaka");
        Table servers = find(picker, "picker.table", Table.class);
        screen.until("filtered", () -> servers.getItemCount() > 0 && servers.getItemCount() < 5);
        int some = servers.getItemCount();
        Screen.click(find(picker, "picker.all", Button.class));
        screen.picture(picker, "policy-assign-servers");
        Screen.click(find(picker, "assignServers.ok", Button.class));
        Shell many = screen.dialog("many");
        screen.until("assigned", () -> find(many, "many.summary", Label.class).getText().startsWith(some + " of"));
        screen.until("followed", () -> session.live().servers().snapshot().stream()
                .filter(s -> "hourly".equals(s.policy())).count() == some);
        many.close();
        shell.close();
        screen.until("closed", shell::isDisposed);
        var actions = new PolicyActions(screen.shell(), words);
        actions.duplicate(row("hourly"), PoliciesSources.places(fleet.console()));
        Shell copy = screen.dialog("policyEditor");
        screen.until("shown", () -> find(copy, "general.name", Text.class).getText().equals("hourly-2"));
        saved(copy, 1);
        copy.close();
        screen.until("closed", copy::isDisposed);
        actions.makeDefault(row("hourly-2"));
        Screen.click(find(screen.dialog("confirm"), "confirm.ok", Button.class));
        screen.until("default", () -> session.live().servers().snapshot().stream()
                .filter(s -> "hourly-2".equals(s.policy())).count() > 12);
        actions.delete(row("hourly"));
        int windows = screen.display().getShells().length;
        Screen.click(find(screen.dialog("confirm"), "confirm.ok", Button.class));
        screen.until("refused: servers follow it", () -> screen.findDialog("confirm") == null
                && screen.display().getShells().length > windows - 1 && screen.display().getActiveShell() != null
                && screen.display().getActiveShell() != screen.shell());
        screen.picture(screen.display().getActiveShell(), "policy-delete-refused");
        screen.display().getActiveShell().close();
        actions.delete(row("databases"));
        Shell confirm = screen.dialog("confirm");
        screen.picture(confirm, "policy-delete");
        Screen.click(find(confirm, "confirm.ok", Button.class));
        screen.until("gone", () -> session.live().policies().get("main/databases") == null);
        assertEquals(4, session.live().policies().snapshot().size() + 1);
    }

    @Test
    void keepsWhatWasEditedWhenNobodyIsSignedInAnyMore() {
        Shell shell = edit("daily");
        find(shell, "general.description", Text.class).setText("mine");
        assertTrue(save(shell).isEnabled());
        fleet.console().signOut(session);
        screen.until("told", () -> !save(shell).isEnabled() && message(shell).contains("cannot be reached"));
        assertEquals("mine", find(shell, "general.description", Text.class).getText());
        shell.dispose();
    }

    private void storeItems(List<String> items) {
        Policy now = stored("databases");
        fleet.people().call("PUT", "/api/v1/vaults/main/policies/databases", now.withItems(items), Policy.class,
                "If-Match", "\"" + now.version() + "\"");
    }

    private RunPlan plan(String name) {
        return stored(name).plan();
    }
}
