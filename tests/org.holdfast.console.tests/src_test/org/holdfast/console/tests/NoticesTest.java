package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jface.preference.PreferenceStore;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.monitor.internal.Notice;
import org.holdfast.console.monitor.internal.NoticeSettings;
import org.holdfast.console.monitor.internal.NoticeWindow;
import org.holdfast.console.monitor.internal.Notices;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.protocol.fleet.StartJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told of, and the window that tells it. */
class NoticesTest {
    @TempDir
    private Path folder;

    private final List<Notice> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean jobsWanted = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private Fleet fleet;
    private Screen screen;
    private Notices notices;
    private FleetSession session;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 20);
        new Happenings(fleet).ended(16);
        screen = new Screen();
        notices = new Notices(fleet.console(), Formats.local(), this::areJobsWanted, () -> true, told::add);
        session = fleet.connect();
        Until.that("jobs", () -> session.live().jobs().status().state() == LiveList.State.COMPLETE);
        Until.that("alerts", () -> session.live().alerts().status().state() == LiveList.State.COMPLETE);
    }

    @AfterEach
    void stop() {
        notices.close();
        screen.close();
        fleet.close();
    }

    private boolean areJobsWanted() {
        asked.incrementAndGet();
        return jobsWanted.get();
    }

    private JobSummary startAndCancel(int server) throws Exception {
        JobSummary job = session.api().jobs().start("main",
                StartJob.backup(UUID.randomUUID().toString(), new UUID(7, server).toString())).get();
        session.api().jobs().cancel("main", job.id()).get();
        return job;
    }

    private List<Notice> ofJobs() {
        return told.stream().filter(n -> n.command().equals(MonitorIds.SHOW_JOBS)).toList();
    }

    @Test
    void tellsOfJobsThatThisPersonStarted() throws Exception {
        JobSummary job = startAndCancel(3);
        screen.until("told", () -> ofJobs().size() == 1);
        Notice notice = ofJobs().getFirst();
        assertEquals("Backup of " + job.server() + ": Cancelled", notice.title());
        assertEquals(job.id(), notice.parameters().get(MonitorIds.JOBS_TEXT));
        jobsWanted.set(false);
        int before = asked.get();
        startAndCancel(4);
        screen.until("ended", () -> asked.get() > before);
        jobsWanted.set(true);
        JobSummary last = startAndCancel(5);
        screen.until("told again", () -> ofJobs().size() == 2);
        assertEquals(last.id(), ofJobs().getLast().parameters().get(MonitorIds.JOBS_TEXT),
                "told of what was not wanted");
    }

    @Test
    void showsAWindowThatLeavesTheFocusAlone() {
        List<Map<String, String>> opened = new ArrayList<>();
        var field = new Text(screen.shell(), SWT.MULTI);
        screen.open();
        screen.until("focus", field::setFocus);
        var window = new NoticeWindow(screen.shell(), (command, parameters) -> opened.add(parameters));
        for (String name : List.of("web01", "web02", "web03", "web04")) {
            window.show(new Notice(Icon.ERROR, "Backup of " + name + ": Failed", "The vault has no room left.",
                    MonitorIds.SHOW_JOBS, Map.of(MonitorIds.JOBS_TEXT, name)));
        }
        Shell shell = screen.dialog("notices");
        screen.settle();
        screen.picture("notices-below");
        screen.picture(shell, "notices");
        assertTrue(field.isFocusControl(), "the focus has gone");
        assertEquals(3, Screen.all(shell).stream().filter(Link.class::isInstance).count());
        assertTrue(screen.shell().getBounds().contains(shell.getLocation()), shell.getBounds().toString());
        Screen.find(shell, "notices.title.1", Link.class).notifyListeners(SWT.Selection, new Event());
        assertEquals("web03", opened.getFirst().get(MonitorIds.JOBS_TEXT));
        assertNull(screen.findDialog("notices"), "the window stays after it was used");
        window.show(new Notice(Icon.ERROR, "Three new critical alerts", "", MonitorIds.SHOW_ALERTS, Map.of()));
        Screen.click(Screen.find(screen.dialog("notices"), "notices.close", Button.class));
        assertNull(screen.findDialog("notices"));
    }

    @Test
    void everythingIsWantedUntilSomebodySaysOtherwise() {
        var store = new PreferenceStore();
        new NoticeSettings(store);
        assertTrue(store.getBoolean(NoticeSettings.JOBS) && store.getBoolean(NoticeSettings.ALERTS));
        store.setValue(NoticeSettings.JOBS, false);
        new NoticeSettings(store);
        assertFalse(store.getBoolean(NoticeSettings.JOBS));
    }
}
