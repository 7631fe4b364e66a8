package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.internal.AcknowledgeDialog;
import org.holdfast.console.monitor.internal.AlertActions;
import org.holdfast.console.monitor.internal.AlertWords;
import org.holdfast.console.monitor.internal.AlertsPart;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.MonitorSite;
import org.holdfast.console.monitor.internal.MuteDialog;
import org.holdfast.console.monitor.internal.OwnAdvice;
import org.holdfast.console.ui.Contributions;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.advice.Advices;
import org.holdfast.console.ui.advice.AlertAdvice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part with the alerts, and what is done from it, with real widgets on a real vault node. */
class AlertsPartTest {
    private static final int ALERTS = 24;

    @TempDir
    private Path folder;

    private final List<String> opened = new ArrayList<>();
    private Fleet fleet;
    private Screen screen;
    private MonitorSelection selection;
    private AlertsPart part;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, Happenings.GOOD);
        new Happenings(fleet).alerts(ALERTS);
        screen = new Screen();
        selection = new MonitorSelection();
    }

    @AfterEach
    void stop() {
        part.destroy();
        screen.close();
        fleet.close();
    }

    private FleetSession open() throws Exception {
        IExtensionRegistry registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        for (String bundle : List.of("org.holdfast.console.ui", "org.holdfast.console.monitor")) {
            try (InputStream xml = Files.newInputStream(Path.of("..", "..", "bundles", bundle, "plugin.xml"))) {
                assertTrue(registry.addContribution(xml, ContributorFactorySimple.createContributor(bundle), false,
                        bundle, null, this));
            }
        }
        FleetSession session = fleet.connect();
        part = new AlertsPart(new MonitorSite(fleet.console(), selection, null),
                (command, parameters) -> opened.add(command + ' ' + parameters), new AlertWords(Formats.local()),
                Clock.systemUTC(),
                new Advices(new Contributions<>(registry, Advices.POINT, AlertAdvice.class,
                        (name, type) -> new OwnAdvice(
                                (command, parameters) -> opened.add(command + ' ' + parameters)))));
        part.create(screen.shell());
        screen.open();
        untilRows(ALERTS);
        return session;
    }

    private Table table() {
        return screen.find("alerts.table", Table.class);
    }

    private Button button(String id) {
        return screen.find("alerts." + id, Button.class);
    }

    private void untilRows(int rows) {
        screen.until(rows + " rows", () -> table().getItemCount() == rows);
    }

    @Test
    void showsWhatMattersMostFirst() throws Exception {
        open();
        assertEquals("Critical", table().getItem(0).getText(0));
        assertEquals("Information", table().getItem(ALERTS - 1).getText(0));
        assertEquals("Critical  8", button("chips.critical").getText());
        assertEquals("Warning  12", button("chips.warning").getText());
        assertEquals("Muted  0", button("chips.muted").getText());
        assertFalse(button("acknowledge").isEnabled());
        screen.picture("alerts");
        Screen.click(button("chips.critical"));
        untilRows(8);
        screen.find("alerts.filter", Text.class).setText("no room");
        untilRows(4);
        assertEquals("4 of 24 alerts", screen.label("alerts.count"));
        Screen.select(table(), 0);
        Screen.click(button("copy"));
        var clipboard = new Clipboard(screen.display());
        String copied = (String) clipboard.getContents(TextTransfer.getInstance());
        clipboard.dispose();
        assertTrue(copied.startsWith("Critical: Job failed\n") && copied.contains("Give the vault's disk more room."),
                copied);
    }

    @Test
    void goesToTheServerItIsAbout() throws Exception {
        open();
        assertFalse(button("cause").isEnabled());
        Screen.select(table(), 0, 1);
        assertFalse(button("cause").isEnabled(), "which of the two?");
        Screen.select(table(), 0);
        Screen.click(button("cause"));
        Screen.activate(table());
        String wanted = "org.holdfast.console.servers.showServers {org.holdfast.console.servers.showServers.server="
                + selection.alerts().getFirst().value().serverId() + '}';
        assertEquals(List.of(wanted, wanted), opened);
    }

    @Test
    void acknowledgesWithARemark() throws Exception {
        FleetSession session = open();
        Screen.select(table(), 0, 1, 2);
        var dialog = new AcknowledgeDialog(screen.shell(), selection.alerts());
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("acknowledge");
        Screen.find(shell, "acknowledge.remark", Text.class).setText("Anna is on it");
        screen.settle();
        screen.picture(shell, "alerts-acknowledge");
        Screen.click(Screen.find(shell, "acknowledge.ok", Button.class));
        assertEquals("Anna is on it", dialog.remark());
        new AlertActions(screen.shell(), Clock.systemUTC()).acknowledge(selection.alerts(), dialog.remark());
        untilDone(3);
        screen.until("acknowledged", () -> session.live().alerts().snapshot().stream()
                .filter(a -> a.state() == AlertState.ACKNOWLEDGED && a.remark().equals("Anna is on it")).count() == 3);
        screen.until("chip", () -> button("chips.acknowledged").getText().equals("Acknowledged  3"));
        screen.until("selection follows", () -> selection.alerts().stream().map(Row::value)
                .allMatch(a -> a.state() == AlertState.ACKNOWLEDGED));
        assertEquals(3, selection.alerts().size());
        screen.picture("alerts-acknowledged");
    }

    @Test
    void mutesUntilATimeAndEndsThat() throws Exception {
        FleetSession session = open();
        Screen.select(table(), 0, 1);
        assertFalse(button("unmute").isEnabled(), "an alert that is not muted could be unmuted");
        var dialog = new MuteDialog(screen.shell(), selection.alerts(), Clock.systemUTC());
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("mute");
        Combo times = Screen.find(shell, "mute.times", Combo.class);
        times.select(3);
        times.notifyListeners(SWT.Selection, new Event());
        assertTrue(Screen.find(shell, "mute.note", Label.class).getText().startsWith("Muted until "));
        screen.settle();
        screen.picture(shell, "alerts-mute");
        Instant before = Clock.systemUTC().instant();
        Screen.click(Screen.find(shell, "mute.ok", Button.class));
        assertTrue(Duration.between(before, dialog.end()).compareTo(Duration.ofDays(7)) >= 0, dialog.end().toString());
        new AlertActions(screen.shell(), Clock.systemUTC()).mute(selection.alerts(), dialog.end());
        untilDone(2);
        screen.until("muted", () -> muted(session).size() == 2 && button("unmute").isEnabled());
        Screen.click(button("unmute"));
        untilDone(2);
        screen.until("unmuted", () -> muted(session).isEmpty() && !button("unmute").isEnabled());
    }

    private static List<AlertSummary> muted(FleetSession session) {
        return session.live().alerts().snapshot().stream().filter(a -> a.state() == AlertState.MUTED).toList();
    }

    private void untilDone(int count) {
        Shell many = screen.dialog("many");
        screen.until("done", () -> Screen.find(many, "many.summary", Label.class).getText()
                .startsWith(count + " of " + count + " done"));
        many.close();
    }

    @Test
    void saysWhatHelpsAndGoesThere() throws Exception {
        FleetSession session = open();
        List<String> causes = Screen.rows(table(), 1);
        assertFalse(Screen.shows(screen.shell(), "alerts.advice"));
        int at = causes.indexOf("Backup missed");
        assertTrue(at >= 0, causes.toString());
        Screen.select(table(), at);
        screen.settle();
        screen.until("advice", () -> Screen.shows(screen.shell(), "alerts.advice.1"));
        screen.picture("alerts-advice");
        opened.clear();
        Screen.click(screen.find("alerts.advice.1.go", Button.class));
        assertTrue(opened.getFirst().startsWith("org.holdfast.console.servers.open {"), opened.toString());
        assertTrue(opened.getFirst().contains(session.connection().id()), opened.toString());
        table().deselectAll();
        table().notifyListeners(SWT.Selection, new Event());
        assertFalse(Screen.shows(screen.shell(), "alerts.advice"));
    }
}
