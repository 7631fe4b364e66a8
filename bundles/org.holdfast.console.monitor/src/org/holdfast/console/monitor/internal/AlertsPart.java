package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.ui.di.Focus;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.Chip;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.advice.Advices;

/** The alerts of all vault servers whose cause is still there. */
public final class AlertsPart {
    private static final String SEVERITY = "severity";
    private static final String MUTED = "muted";
    private static final String ACKNOWLEDGED = "acknowledged";

    private final MonitorSite site;
    private final Opener opener;
    private final AlertWords words;
    private final Clock clock;
    private final Advices advices;
    private AdvicePanel advice;
    private final Map<AlertAction, Button> buttons = new EnumMap<>(AlertAction.class);
    private Button cause;
    private Button copy;
    private FleetTable<AlertSummary> table;

    /** Called by the workbench. */
    @Inject
    public AlertsPart(MonitorSite site, IEclipseContext context) {
        this(site, Opener.workbench(), new AlertWords(Formats.local()), Clock.systemUTC(), Advices.of(context));
    }

    /** Another clock than the system's, other parts than the workbench's, and other advice than that of plug-ins. */
    public AlertsPart(MonitorSite site, Opener opener, AlertWords words, Clock clock, Advices advices) {
        this.advices = advices;
        this.site = site;
        this.opener = opener;
        this.words = words;
        this.clock = clock;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        table = new FleetTable<>(parent, site, new FleetTable.Look<>("alerts",
                new FleetPanel.Nothing(Icon.EMPTY_LARGE, Messages.alerts_none, Messages.alerts_noneText,
                        new StatePanel.Action("alerts.refresh", Messages.refresh, this::refresh)),
                Messages.alerts_filter, Messages.alerts_count, Messages.alerts_countFiltered, Messages.alerts_table,
                chips(), items(), columns(), words::searched, words::explain, AlertSummary::id), SEVERITY, true,
                LiveFleet::alerts);
        for (AlertAction action : AlertAction.values()) {
            buttons.put(action, Ui.button(table.actions(), "alerts." + action.name().toLowerCase(Locale.ROOT),
                    action.button(), () -> new AlertActions(table.actions().getShell(), clock).ask(action,
                            table.table().selection())));
        }
        cause = Ui.button(table.actions(), "alerts.cause", Messages.alert_cause,
                () -> Causes.open(table.table().selection().getFirst(), opener));
        table.table().onOpen(row -> Causes.open(row, opener));
        copy = Ui.button(table.actions(), "alerts.copy", Messages.alert_copy, this::copyDetails);
        advice = new AdvicePanel(table.footer(), advices);
        table.onSelect(this::selected);
        selected(List.of());
        site.attachMenu(table.table().control(), MonitorIds.ALERTS);
    }

    private void selected(List<Row<AlertSummary>> rows) {
        buttons.forEach((action, button) -> button.setEnabled(action.isPossible(rows)));
        cause.setEnabled(Causes.has(rows));
        copy.setEnabled(!rows.isEmpty());
        advice.show(rows);
        site.selection().setAlerts(rows);
    }

    private void copyDetails() {
        Ui.copy(copy.getDisplay(), table.table().selection().stream().map(words::explain)
                .collect(Collectors.joining("\n\n")));
    }

    private static List<Chip<Row<AlertSummary>>> chips() {
        return List.of(severity(Severity.CRITICAL), severity(Severity.WARNING), severity(Severity.INFO),
                Chip.of(ACKNOWLEDGED, row -> row.value().state() == AlertState.ACKNOWLEDGED),
                Chip.of(MUTED, row -> row.value().state() == AlertState.MUTED));
    }

    private static Chip<Row<AlertSummary>> severity(Severity severity) {
        return Chip.of(id(severity), row -> row.value().severity() == severity);
    }

    private static List<ChipBar.Item> items() {
        return List.of(item(Severity.CRITICAL), item(Severity.WARNING), item(Severity.INFO),
                new ChipBar.Item(ACKNOWLEDGED, AlertWords.state(AlertState.ACKNOWLEDGED), Icon.COMPLETED),
                new ChipBar.Item(MUTED, AlertWords.state(AlertState.MUTED), Icon.HISTORY));
    }

    private static ChipBar.Item item(Severity severity) {
        return new ChipBar.Item(id(severity), AlertWords.severity(severity), AlertWords.icon(severity));
    }

    private static String id(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private List<Sorted<AlertSummary>> columns() {
        Formats f = words.formats();
        return List.of(
                Sorted.by(Column.<Row<AlertSummary>>text(SEVERITY, Messages.column_severity, 15,
                        r -> AlertWords.severity(r.value().severity()))
                        .with(r -> AlertWords.icon(r.value().severity())), AlertSummary::severity),
                Sorted.byText(Column.text("cause", Messages.column_cause, 20,
                        r -> AlertWords.cause(r.value().kind()))),
                Sorted.byText(Column.text("about", Messages.column_about, 16, AlertWords::about)),
                Sorted.byText(Column.<Row<AlertSummary>>text("message", Messages.column_message, 30,
                        r -> r.value().message()).growing()),
                Sorted.byText(Column.text("advice", Messages.column_advice, 30, r -> r.value().advice())),
                Sorted.byText(Column.text("state", Messages.column_state, 20, r -> words.standing(r.value()))),
                Sorted.by(Column.text("first", Messages.column_first, 24, r -> f.time(r.value().raised())),
                        AlertSummary::raised),
                Sorted.by(Column.text("last", Messages.column_last, 24, r -> f.time(r.value().lastSeen())),
                        AlertSummary::lastSeen),
                Sorted.by(Column.number("times", Messages.column_times, 7, r -> f.count(r.value().count())),
                        AlertSummary::count));
    }

    /** Shows certain alerts in place of what filters left before. */
    public void show(Set<String> chips, String text) {
        table.filter(text, chips, "", row -> true);
    }

    /** Reads all lists anew. */
    public void refresh() {
        table.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        table.focus();
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        table.close();
        site.selection().setAlerts(List.of());
    }
}
