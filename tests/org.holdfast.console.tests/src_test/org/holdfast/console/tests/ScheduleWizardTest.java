package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.policies.internal.PolicyWords;
import org.holdfast.console.policies.internal.ScheduleDialog;
import org.holdfast.console.policies.internal.ScheduleWizard;
import org.holdfast.console.ui.Formats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wizard that schedules backups, with real widgets on a real vault node. */
class ScheduleWizardTest {
    @TempDir
    private Path folder;
    private Fleet fleet;
    private Screen screen;
    private FleetSession session;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 24);
        screen = new Screen();
        screen.open();
        session = fleet.connect();
        screen.until("vaults", () -> !session.live().vaults().snapshot().isEmpty());
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
    }

    private Shell wizard(int selected) {
        var all = ScheduleWizard.servers(fleet.console());
        var wizard = new ScheduleWizard(screen.shell(), new PolicyWords(Formats.local()), all,
                all.stream().filter(r -> r.value().name().startsWith("web")).limit(selected).toList());
        var dialog = new ScheduleDialog(screen.shell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return screen.dialog("scheduleBackup");
    }

    private static <T extends Control> T find(Shell shell, String id, Class<T> type) {
        return Screen.find(shell, id, type);
    }

    private void press(Shell shell, String button) {
        Screen.click(find(shell, "scheduleBackup." + button, Button.class));
        screen.settle();
    }

    @Test
    void goesFromServersToAPolicyThatTheyFollow() {
        Shell shell = wizard(0);
        Button next = find(shell, "scheduleBackup.next", Button.class);
        assertFalse(next.isEnabled(), "no server is chosen yet");
        Table table = find(shell, "picker.table", Table.class);
        screen.until("servers", () -> table.getItemCount() == 24);
        TableItem item = table.getItem(3);
        item.setChecked(true);
        var checked = new Event();
        checked.detail = SWT.CHECK;
        checked.item = item;
        table.notifyListeners(SWT.Selection, checked);
        find(shell, "picker.filter", Text.class).setText("role:mail");
        screen.until("filtered", () -> table.getItemCount() < 24);
        Screen.click(find(shell, "picker.all", Button.class));
        int mails = table.getItemCount();
        String count = find(shell, "picker.count", Label.class).getText();
        assertTrue(count.startsWith(mails + 1 + " of 24"), count);
        screen.picture(shell, "schedule-servers");
        press(shell, "next");
        assertFalse(next.isEnabled(), "nothing to back up yet");
        find(shell, "items.paths", Text.class).setText("/var/mail\n/etc");
        find(shell, "items.globs", Text.class).setText("*.tmp");
        screen.picture(shell, "schedule-items");
        assertTrue(find(shell, "scheduleBackup.finish", Button.class).isEnabled(), "defaults are enough from here on");
        press(shell, "next");
        find(shell, "plan.times", Text.class).setText("25:00");
        assertFalse(next.isEnabled());
        find(shell, "plan.times", Text.class).setText("1:30, 13:30");
        screen.until("next runs", () -> find(shell, "plan.runs", Table.class).getItemCount() == 10
                && find(shell, "plan.runs", Table.class).getItem(0).getText(0).contains(":30"));
        screen.picture(shell, "schedule-times");
        press(shell, "next");
        find(shell, "retention.daily", Spinner.class).setSelection(14);
        screen.until("points", () -> find(shell, "retention.points", Table.class).getItemCount() == 732);
        assertEquals("the newest", find(shell, "retention.points", Table.class).getItem(0).getText(1));
        assertEquals("daily", find(shell, "retention.points", Table.class).getItem(1).getText(1));
        screen.picture(shell, "schedule-retention");
        press(shell, "next");
        Screen.click(find(shell, "bandwidth.other.limited", Button.class));
        find(shell, "bandwidth.other", Spinner.class).setSelection(20_000);
        screen.picture(shell, "schedule-bandwidth");
        press(shell, "next");
        Text name = find(shell, "review.name", Text.class);
        assertEquals("scheduled", name.getText());
        name.setText("daily");
        assertFalse(find(shell, "scheduleBackup.finish", Button.class).isEnabled(), "there is one of that name");
        name.setText("mail");
        Table review = find(shell, "review.table", Table.class);
        assertTrue(Screen.rows(review, 1).contains("/var/mail, /etc"), Screen.rows(review, 1).toString());
        screen.picture(shell, "schedule-review");
        press(shell, "finish");
        Shell many = screen.dialog("many");
        screen.until("assigned", () -> find(many, "many.summary", Label.class).getText()
                .startsWith(mails + 1 + " of " + (mails + 1)));
        screen.picture(many, "schedule-result");
        assertTrue(shell.isDisposed());
        many.close();
        Policy made = fleet.people().call("GET", "/api/v1/vaults/main/policies/mail", null, Policy.class);
        assertEquals(List.of("/var/mail", "/etc"), made.items());
        assertEquals(14, made.retention().daily());
        assertEquals(20_000_000, made.bandwidth().otherRate());
        assertEquals(Bandwidth.UNLIMITED, made.bandwidth().workRate());
        screen.until("followed", () -> session.live().servers().snapshot().stream()
                .filter(s -> "mail".equals(s.policy())).count() == mails + 1);
    }

    @Test
    void takesTheSelectionAndKeepsWhatAFilterHides() {
        Shell shell = wizard(2);
        assertTrue(find(shell, "scheduleBackup.next", Button.class).isEnabled());
        Button only = find(shell, "picker.only", Button.class);
        Screen.click(only);
        Table table = find(shell, "picker.table", Table.class);
        screen.until("only those", () -> table.getItemCount() == 2);
        assertTrue(table.getItem(0).getChecked());
        find(shell, "picker.filter", Text.class).setText("nothing at all");
        screen.until("none", () -> table.getItemCount() == 0);
        assertTrue(find(shell, "picker.count", Label.class).getText().toLowerCase(Locale.ROOT).startsWith("2 of 24"));
        press(shell, "cancel");
        screen.until("closed", shell::isDisposed);
        assertEquals(2, session.live().policies().snapshot().size());
    }
}
