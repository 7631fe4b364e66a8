package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PolicyEditor;
import org.holdfast.console.policies.internal.PolicyWords;
import org.holdfast.console.policies.internal.ScheduleDialog;
import org.holdfast.console.policies.internal.ScheduleWizard;
import org.holdfast.console.ui.Formats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the editor and the wizard, everything has a name for a screen reader, a key of its own, and room for its text. */
class PolicyAccessibilityTest {
    private static final int SCHEDULE = 2;

    @TempDir
    private Path folder;
    private Fleet fleet;
    private Screen screen;
    private FleetSession session;
    private final PolicyWords words = new PolicyWords(Formats.local());

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 12);
        screen = new Screen();
        screen.open();
        session = fleet.connect();
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
    }

    @Test
    void ofTheEditor() {
        PolicyEditor.edit(screen.shell(), words, new Row<>(session, session.live().policies().get("main/daily")));
        Shell shell = screen.dialog("policyEditor");
        screen.until("read", () -> Screen.shows(shell, "policyEditor.pages")
                && Screen.find(shell, "general.name", Text.class).getText().equals("daily"));
        screen.until("points", () -> Screen.find(shell, "retention.points", Table.class).getItemCount() == 366);
        CTabFolder pages = Screen.find(shell, "policyEditor.pages", CTabFolder.class);
        for (int i = 0; i < pages.getItemCount(); i++) {
            pages.setSelection(i);
            screen.settle();
            check(shell, shell, "editor-" + i);
        }
        pages.setSelection(SCHEDULE);
        var kind = Screen.find(shell, "plan.kind", Combo.class);
        for (int i = 0; i < kind.getItemCount(); i++) {
            kind.select(i);
            kind.notifyListeners(SWT.Selection, new Event());
            screen.settle();
            check(shell, shell, "editor-schedule-" + i);
        }
        assertEquals(List.of(), AccessibilityTest.nameless(shell));
        shell.dispose();
    }

    @Test
    void ofTheWizard() {
        var all = ScheduleWizard.servers(fleet.console());
        var dialog = new ScheduleDialog(screen.shell(),
                new ScheduleWizard(screen.shell(), words, all, all.subList(0, 3)));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("scheduleBackup");
        Screen.find(shell, "items.paths", Text.class).setText("/srv");
        screen.until("points", () -> Screen.find(shell, "retention.points", Table.class).getItemCount() == 366);
        screen.until("words", () -> !Screen.find(shell, "plan.state", Label.class).getText().isEmpty());
        for (IWizardPage page = dialog.getCurrentPage(); page != null; page = page.getNextPage()) {
            dialog.showPage(page);
            screen.settle();
            check(shell, (Composite) page.getControl(), "wizard-" + page.getName());
            assertEquals(List.of(), AccessibilityTest.nameless((Composite) page.getControl()), page.getName());
        }
        shell.close();
    }

    private void check(Shell shell, Composite part, String name) {
        screen.picture(shell, name);
        assertEquals(List.of(), AccessibilityTest.clashes(shell), name);
        assertEquals(List.of(), AccessibilityTest.cut(part), name);
    }
}
