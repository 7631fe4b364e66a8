package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.policies.internal.PoliciesPart;
import org.holdfast.console.policies.internal.PolicyQuickAccess;
import org.holdfast.console.policies.internal.PolicyWords;
import org.holdfast.console.policies.internal.PolicySelection;
import org.holdfast.console.policies.internal.PoliciesSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part with the policies, with real widgets on a real vault node. */
class PoliciesPartTest {
    @TempDir
    private Path folder;

    @Test
    void saysInPlainWordsWhatPoliciesDo() throws Exception {
        var weekly = new RunPlan(new Schedule.Weekly(2, Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                List.of(LocalTime.of(6, 30)), null), "Asia/Tokyo", Duration.ZERO, true);
        try (var fleet = new Fleet(folder, 24); var screen = new Screen()) {
            fleet.people().call("POST", "/api/v1/vaults/main/policies",
                    Policy.standard("offices").withItems(List.of("/home")).withPlan(weekly), Policy.class);
            fleet.connect();
            var part = new PoliciesPart(new PoliciesSite(fleet.console(), new PolicySelection(), null));
            part.create(screen.shell());
            screen.open();
            Table table = screen.find("policies.table", Table.class);
            screen.until("rows", () -> table.getItemCount() == 3);
            assertEquals(List.of("daily", "databases", "offices"), Screen.rows(table));
            screen.until("followers", () -> table.getItem(0).getText(6).equals("24"));
            assertEquals("0", table.getItem(1).getText(6));
            assertEquals("30 daily, 12 weekly, 12 monthly, 3 yearly", table.getItem(0).getText(4));
            assertTrue(table.getItem(2).getText(3).matches("every 2 weeks on Mon, Fri at 6:30.AM \\(Asia/Tokyo\\)"),
                    table.getItem(2).getText(3));
            screen.picture("policies");
            table.getColumn(0).notifyListeners(SWT.Selection, new Event());
            screen.until("sorted", () -> Screen.rows(table).equals(List.of("offices", "databases", "daily")));
            Text filter = screen.find("policies.filter", Text.class);
            filter.setText("tokyo");
            screen.until("filtered", () -> Screen.rows(table).equals(List.of("offices")));
            assertEquals(List.of("offices"), new PolicyQuickAccess().find(fleet.console(), "TOKYO").stream()
                    .map(r -> r.value().policy().name()).toList());
            Screen.select(table, 0);
            Screen.key(table, SWT.DEL);
            Shell confirm = screen.dialog("confirm");
            assertTrue(Screen.find(confirm, "confirm.text", Label.class).getText().contains("offices"));
            confirm.close();
            Screen.key(table, SWT.INSERT);
            screen.dialog("policyEditor").close();
            Screen.activate(table);
            Shell editor = screen.dialog("policyEditor");
            screen.until("opened", () -> editor.getText().contains("offices"));
            editor.close();
            assertEquals("1 of 3 policies", screen.label("policies.count"));
            filter.setText("nothing at all");
            screen.until("nothing", () -> table.getItemCount() == 0);
            assertTrue(filter.isVisible(), "the filter hid the field it was typed into");
            part.destroy();
        }
    }

    @Test
    void hasWordsForEveryPlan() {
        var words = new PolicyWords(new Formats(Locale.US, ZoneOffset.UTC));
        assertEquals("on demand only", words.schedule(null));
        assertEquals("at the times of 0 3 * * 1", words.schedule(new RunPlan(new Schedule.Cron("0 3 * * 1"), "",
                Duration.ZERO, false)));
        String twice = words.schedule(new RunPlan(new Schedule.Daily(List.of(LocalTime.of(22, 0), LocalTime.of(4, 5))),
                "", Duration.ZERO, true));
        assertTrue(twice.matches("every day at 4:05.AM, 10:00.PM"), twice);
        String weekly = words.schedule(new RunPlan(new Schedule.Weekly(1, Set.of(DayOfWeek.SUNDAY),
                List.of(LocalTime.NOON), null), "", Duration.ZERO, true));
        assertTrue(weekly.matches("every week on Sun at 12:00.PM"), weekly);
        assertEquals("the newest point only", words.retention(new RetentionRule(0, 0, 0, 0, 0)));
        assertEquals("the last 5, 7 daily", words.retention(new RetentionRule(5, 7, 0, 0, 0)));
    }
}
