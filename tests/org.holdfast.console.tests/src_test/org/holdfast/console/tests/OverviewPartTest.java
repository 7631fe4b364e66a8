package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.monitor.internal.AlertWords;
import org.holdfast.console.monitor.internal.AlertsPart;
import org.holdfast.console.monitor.internal.JobScope;
import org.holdfast.console.monitor.internal.JobWords;
import org.holdfast.console.monitor.internal.JobsPart;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.MonitorSite;
import org.holdfast.console.monitor.internal.OverviewPart;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.internal.ServerSelection;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.internal.ServersPart;
import org.holdfast.console.servers.internal.ServersSite;
import org.holdfast.console.ui.Contributions;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.advice.Advices;
import org.holdfast.console.ui.advice.AlertAdvice;
import org.holdfast.console.ui.tile.Tiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview with real widgets on a real vault node: what it counts is what other parts show. */
class OverviewPartTest {
    private static final int SERVERS = 61;
    /** The vault finds more by itself: nobody speaks for the servers. */
    private static final int ALERTS = 24;

    /** What a number asked to be shown. */
    private record Asked(String command, Map<String, String> parameters) {
    }

    @TempDir
    private Path folder;

    private final List<Asked> asked = new ArrayList<>();
    private Fleet fleet;
    private Screen screen;
    private MonitorSite site;
    private OverviewPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, SERVERS);
        var happenings = new Happenings(fleet);
        happenings.ended(SERVERS);
        happenings.history(6, 9);
        happenings.old(400_000_000_000L);
        happenings.alerts(ALERTS);
        screen = new Screen();
        site = new MonitorSite(fleet.console(), new MonitorSelection(), null);
    }

    @AfterEach
    void stop() {
        part.destroy();
        screen.close();
        fleet.close();
    }

    private void open() {
        part = new OverviewPart(site, (command, parameters) -> asked.add(new Asked(command, parameters)),
                parent -> Tiles.of(parent, EclipseContextFactory.create()), Formats.local(), Clock.systemUTC());
        part.create(screen.shell());
        screen.open();
    }

    private FleetSession connect() throws Exception {
        FleetSession session = fleet.connect();
        for (LiveList<?> list : List.of(session.live().jobs(), session.live().alerts(), session.live().vaults())) {
            Until.that("lists", () -> list.status().state() == LiveList.State.COMPLETE);
        }
        return session;
    }

    private Link link(String id) {
        return screen.find("overview." + id, Link.class);
    }

    private String text(String id) {
        return Screen.shows(screen.shell(), id) ? screen.find(id, Label.class).getText() : "";
    }

    private static int number(Link link) {
        return Integer.parseInt(link.getText().replaceAll("<[^>]*>|[^0-9]", ""));
    }

    private void untilNumber(String id, int number) {
        screen.until(id + " is " + number, () -> Screen.shows(screen.shell(), "overview." + id)
                && number(link(id)) == number);
    }

    private void untilAlerts() {
        screen.until("alerts", () -> number(link("alerts.critical")) >= ALERTS / 3
                && number(link("alerts.info")) >= ALERTS / 6);
    }

    private Asked press(Link link) {
        asked.clear();
        link.notifyListeners(SWT.Selection, new Event());
        assertEquals(1, asked.size(), link.getText());
        return asked.getFirst();
    }

    @Test
    void beginsAndShowsWhatThereIs() throws Exception {
        screen.shell().setSize(1400, 860);
        open();
        screen.until("prompt", () -> Screen.shows(screen.shell(), "fleet.connect"));
        connect();
        untilNumber("servers.all", SERVERS);
        untilNumber("jobs.all.all", SERVERS);
        untilAlerts();
        // Lists come one after the other, and what is counted of them with each.
        screen.until("storage", () -> text("overview.storage.main.text").matches(
                "main  of 400 GB \\(\\d+ %\\); \\d.* GB added in 7 days; full about .* nothing is freed"));
        screen.until("longest", () -> Screen.shows(screen.shell(), "overview.longest." + neverBackedUp()));
        assertTrue(Screen.shows(screen.shell(), "overview.drills.good"));
        assertTrue(Screen.shows(screen.shell(), "overview.drills.failed"));
        assertEquals("never", link("longest." + neverBackedUp()).getText().replaceAll("<[^>]*>", ""));
        screen.until("care", () -> Screen.shows(screen.shell(), "overview.storage.freed.text"));
        assertTrue(text("overview.longest." + neverBackedUp() + ".text").contains("/srv"),
                text("overview.longest." + neverBackedUp() + ".text"));
        screen.until("bars", () -> text("overview.week.bars.words").contains("jobs"));
        screen.picture("overview");
        screen.shell().setSize(620, 860);
        screen.settle();
        screen.picture("overview-narrow");
        fleet.console().signOut(fleet.console().sessions().getFirst());
        screen.until("prompt to sign in", () -> Screen.shows(screen.shell(), "fleet.signIn"));
    }

    private String neverBackedUp() {
        return fleet.console().sessions().getFirst().live().servers().snapshot().stream()
                .filter(s -> s.lastBackup() == null && s.registered() != null)
                .min((a, b) -> a.registered().equals(b.registered()) ? a.name().compareTo(b.name())
                        : a.registered().compareTo(b.registered()))
                .orElseThrow().id();
    }

    @Test
    void everyNumberOpensAsManyRows() throws Exception {
        connect();
        open();
        untilNumber("jobs.all.all", SERVERS);
        untilAlerts();
        List<Link> links = Screen.all(screen.shell()).stream().filter(Link.class::isInstance).map(Link.class::cast)
                .filter(l -> l.isVisible() && l.getText().contains("<a>")).toList();
        assertTrue(links.size() > 25, "links: " + links.size());
        var other = new Shell(screen.display());
        other.setLayout(new FillLayout());
        other.setSize(1200, 600);
        var jobs = new JobsPart(site, new JobWords(Formats.local(), Clock.systemUTC()));
        jobs.create(other);
        var alerts = new AlertsPart(site, (command, parameters) -> {
        }, new AlertWords(Formats.local()), Clock.systemUTC(), new Advices(Contributions.none(AlertAdvice.class)));
        alerts.create(other);
        var servers = new ServersPart(new ServersSite(fleet.console(), new ServerSelection(), null),
                new ServerWords(Formats.local(), Clock.systemUTC()));
        servers.create(other);
        other.open();
        Table jobTable = Screen.find(other, "jobs.table", Table.class);
        Table alertTable = Screen.find(other, "alerts.table", Table.class);
        Table serverTable = Screen.find(other, "servers.table", Table.class);
        screen.until("all", () -> jobTable.getItemCount() == SERVERS + 54 && serverTable.getItemCount() == SERVERS
                && alertTable.getItemCount() >= ALERTS);
        int checked = 0;
        for (Link link : links) {
            Asked wanted = press(link);
            Map<String, String> p = wanted.parameters();
            String what = link.getData(Ui.ID) + " " + p;
            switch (wanted.command()) {
                case MonitorIds.SHOW_JOBS -> {
                    jobs.show(JobScope.of(p));
                    screen.until(what, () -> jobTable.getItemCount() == number(link));
                    checked++;
                }
                case MonitorIds.SHOW_ALERTS -> {
                    alerts.show(chips(p.get(MonitorIds.ALERTS_CHIPS)), "");
                    screen.until(what, () -> alertTable.getItemCount() == number(link));
                    checked++;
                }
                case ServersIds.SHOW -> {
                    String server = p.getOrDefault(ServersIds.SHOW_SERVER, "");
                    servers.show(chips(p.get(ServersIds.SHOW_CHIPS)), p.getOrDefault(ServersIds.SHOW_TEXT, ""),
                            server);
                    if (server.isEmpty()) {
                        screen.until(what, () -> serverTable.getItemCount() == number(link));
                    } else {
                        screen.until(what, () -> serverTable.getSelectionCount() == 1
                                && serverTable.getItemCount() == SERVERS);
                    }
                    checked++;
                }
                default -> assertEquals("org.eclipse.ui.views.showView", wanted.command(), what);
            }
        }
        assertTrue(checked > 20, "checked: " + checked);
        jobs.show(JobScope.of(Map.of(MonitorIds.JOBS_KIND, "backup", MonitorIds.JOBS_HOURS, "24",
                MonitorIds.JOBS_STATES, "failed,interrupted")));
        screen.until("scope", () -> Screen.shows(other, "jobs.scope"));
        screen.picture(other, "overview-opens-jobs");
        Screen.click(Screen.find(other, "jobs.scopeAll", org.eclipse.swt.widgets.Button.class));
        screen.until("no scope", () -> !Screen.shows(other, "jobs.scope"));
        jobs.destroy();
        alerts.destroy();
        servers.destroy();
    }

    private static Set<String> chips(String joined) {
        return joined == null ? Set.of() : Arrays.stream(joined.split(",")).collect(Collectors.toSet());
    }

    @Test
    void barsAreForTheKeyboardToo() throws Exception {
        connect();
        open();
        untilNumber("jobs.all.all", SERVERS);
        Canvas bars = screen.find("overview.week.bars", Canvas.class);
        Label words = screen.find("overview.week.bars.words", Label.class);
        screen.until("words", () -> words.getText().contains("jobs"));
        String today = words.getText();
        assertTrue(bars.setFocus());
        asked.clear();
        Screen.key(bars, SWT.CR);
        assertEquals(MonitorIds.SHOW_JOBS, asked.getFirst().command());
        assertFalse(asked.getFirst().parameters().get(MonitorIds.JOBS_DAY).isEmpty());
        Screen.key(bars, SWT.ARROW_LEFT);
        assertFalse(today.equals(words.getText()), words.getText());
        asked.clear();
        Screen.key(bars, SWT.CR);
        assertFalse(asked.isEmpty(), words.getText());
        assertTrue(bars.isFocusControl(), "the focus has gone");
    }

    @Test
    void showsOnDarkGround() throws Exception {
        screen.shell().setSize(1400, 860);
        connect();
        open();
        untilNumber("jobs.all.all", SERVERS);
        var ground = new Color(41, 45, 50);
        var text = new Color(225, 228, 232);
        for (Control control : Screen.all(screen.shell())) {
            control.setBackground(ground);
            control.setForeground(text);
        }
        screen.picture("overview-dark");
        assertTrue(Screen.shows(screen.shell(), "overview.protection.bar"));
    }
}
