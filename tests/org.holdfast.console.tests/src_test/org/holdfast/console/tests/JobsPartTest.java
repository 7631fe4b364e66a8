package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.Phase;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.monitor.internal.JobAction;
import org.holdfast.console.monitor.internal.JobActions;
import org.holdfast.console.monitor.internal.JobWords;
import org.holdfast.console.monitor.internal.JobsPart;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.MonitorSite;
import org.holdfast.console.ui.Formats;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part with the jobs, and what is done from it, with real widgets on a real vault node. */
class JobsPartTest {
    private static final int ENDED = 40;

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private MonitorSelection selection;
    private JobsPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, 60);
        screen = new Screen();
        selection = new MonitorSelection();
    }

    @AfterEach
    void stop() {
        part.destroy();
        screen.close();
        fleet.close();
    }

    private void open() {
        part = new JobsPart(new MonitorSite(fleet.console(), selection, null),
                new JobWords(Formats.local(), Clock.systemUTC()));
        part.create(screen.shell());
        screen.open();
    }

    private Table table() {
        return screen.find("jobs.table", Table.class);
    }

    private Button button(String id) {
        return screen.find("jobs." + id, Button.class);
    }

    private void untilRows(int rows) {
        screen.until(rows + " rows", () -> table().getItemCount() == rows);
    }

    @Test
    void saysThatNothingHasRun() throws Exception {
        fleet.connect();
        open();
        screen.until("empty", () -> Screen.shows(screen.shell(), "jobs.refresh"));
        screen.picture("jobs-none");
    }

    @Test
    void filtersCountsAndExplains() throws Exception {
        new Happenings(fleet).ended(ENDED);
        fleet.connect();
        open();
        untilRows(ENDED);
        assertEquals("Done  20", button("chips.done").getText());
        assertEquals("Failed  5", button("chips.failed").getText());
        assertEquals("Running  0", button("chips.running").getText());
        screen.picture("jobs");
        Screen.click(button("chips.failed"));
        untilRows(5);
        assertEquals("5 of 40 jobs", screen.label("jobs.count"));
        assertEquals("The vault has no room left.", table().getItem(0).getText(9));
        Screen.click(button("chips.failed"));
        screen.find("jobs.filter", Text.class).setText("with warnings");
        screen.until("filtered", () -> table().getItemCount() == 5
                && "With warnings".equals(table().getItem(0).getText(0)));
        Screen.select(table(), 0);
        assertFalse(button("cancel").isEnabled(), "a job that has ended could be cancelled");
        assertTrue(button("retry").isEnabled());
        Screen.click(button("details"));
        Shell dialog = screen.dialog("job");
        Table facts = Screen.find(dialog, "job.facts", Table.class);
        assertTrue(Screen.rows(facts).contains("Warnings: file-locked"), Screen.rows(facts).toString());
        screen.until("note", () -> Screen.find(dialog, "job.note", Label.class).getText().startsWith("Names"));
        screen.picture(dialog, "job-details");
        dialog.close();
        table().setFocus();
        var copy = new Event();
        copy.keyCode = 'c';
        copy.stateMask = SWT.MOD1;
        table().notifyListeners(SWT.KeyDown, copy);
        var clipboard = new Clipboard(screen.display());
        assertTrue(((String) clipboard.getContents(TextTransfer.getInstance())).startsWith("With warnings\tBackup\t"));
        clipboard.dispose();
    }

    @Test
    void comparesWithTheLastGoodRun() throws Exception {
        var happenings = new Happenings(fleet);
        happenings.ended(1);
        happenings.history(2, 3);
        fleet.connect();
        open();
        untilRows(7);
        Screen.select(table(), 0);
        Screen.click(button("details"));
        Shell dialog = screen.dialog("job");
        Label compared = Screen.find(dialog, "job.compared", Label.class);
        screen.until("compared", () -> compared.getText().startsWith("Compared with the last good run"));
        Table facts = Screen.find(dialog, "job.facts", Table.class);
        int files = Screen.rows(facts).indexOf("Files");
        assertEquals(List.of("1,255", "101,255", "100,000 less (99 %)"), List.of(facts.getItem(files).getText(1),
                facts.getItem(files).getText(2), facts.getItem(files).getText(3)));
        screen.picture(dialog, "job-compared");
        dialog.close();
        Screen.select(table(), 6);
        Screen.click(button("details"));
        Shell oldest = screen.dialog("job");
        screen.until("nothing to compare with", () -> Screen.find(oldest, "job.compared", Label.class).getText()
                .startsWith("There is no good run"));
        oldest.close();
    }

    @Test
    void showsNewJobsAtOnceAndCancelsThem() throws Exception {
        new Happenings(fleet).ended(ENDED);
        FleetSession session = fleet.connect();
        open();
        untilRows(ENDED);
        session.api().jobs().start("main", StartJob.backup(null, new UUID(7, 3).toString())).get();
        untilRows(ENDED + 1);
        assertEquals("Queued", table().getItem(0).getText(0));
        Screen.select(table(), 0);
        assertTrue(button("cancel").isEnabled());
        assertFalse(button("pause").isEnabled(), "a job that does not run could be paused");
        assertFalse(button("retry").isEnabled());
        new JobActions(screen.shell()).run(JobAction.CANCEL, selection.jobs());
        Shell many = screen.dialog("many");
        screen.until("done", () -> Screen.find(many, "many.summary", Label.class).getText().startsWith("1 of 1 done"));
        many.close();
        screen.until("cancelled", () -> "Cancelled".equals(table().getItem(0).getText(0)));
        screen.until("enablement follows", () -> !button("cancel").isEnabled() && button("retry").isEnabled());

        Screen.click(button("retry"));
        Shell again = screen.dialog("many");
        screen.until("again", () -> Screen.find(again, "many.summary", Label.class).getText()
                .startsWith("1 of 1 done"));
        again.close();
        untilRows(ENDED + 2);
        screen.until("queued", () -> "Queued".equals(table().getItem(0).getText(0)));
        screen.picture("jobs-again");
        Screen.select(table(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertFalse(button("details").isEnabled());
        new JobActions(screen.shell()).run(JobAction.PAUSE, selection.jobs());
        Shell skipped = screen.dialog("many");
        screen.until("skipped", () -> Screen.find(skipped, "many.summary", Label.class).getText()
                .contains("10 skipped"));
        screen.picture(skipped, "jobs-skipped");
    }

    @Test
    void mayOnlyWatchWithoutTheRight() throws Exception {
        new Happenings(fleet).ended(ENDED);
        fleet.people().send("POST", "/api/v1/users", "{\"name\":\"vera\",\"roles\":[\"reader\"],"
                + "\"password\":\"only for the first time\"}");
        String print = fleet.console().look(fleet.address()).get();
        var login = fleet.console().login(fleet.address(), print, "vera", "only for the first time".toCharArray())
                .get();
        login = fleet.console().changePassword(fleet.address(), print, login,
                "only for the first time".toCharArray(), VaultNode.PASSWORD.toCharArray()).get();
        fleet.console().add("Head office", fleet.address(), print, login, false);
        open();
        untilRows(ENDED);
        Screen.select(table(), 0);
        assertFalse(button("retry").isEnabled());
        assertTrue(button("details").isEnabled());
    }

    @Test
    void tellsProgressInWords() {
        open();
        var words = new JobWords(new Formats(Locale.ENGLISH, ZoneOffset.UTC),
                Clock.systemUTC());
        assertEquals("Transferring, 25 %, 1 min 30 s left", words.progress(running(100, 400, 90L)));
        assertEquals("Transferring, 25 %", words.progress(running(100, 400, null)));
        assertEquals("Transferring", words.progress(running(100, -1, null)));
    }

    private static JobSummary running(long bytes, long total, Long left) {
        return new JobSummary("id", "main", "s", "web", JobKind.BACKUP, JobState.RUNNING, JobTrigger.SCHEDULE, "",
                Clock.systemUTC().instant(), Clock.systemUTC().instant(), null, null, List.of(), "daily", 1, null,
                null, new JobProgress(Phase.TRANSFERRING, 1, -1, bytes, total,
                        10, 5, left, 0),
                null, null, Map.of(), null);
    }
}
