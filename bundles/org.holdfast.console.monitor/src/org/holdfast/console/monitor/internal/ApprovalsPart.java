package org.holdfast.console.monitor.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.Chip;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.ApprovalView;

/** What waits for a second person on all vault servers, and what was decided. */
public final class ApprovalsPart {
    private static final String STATE = "state";
    private static final int AT_ONCE = 4;

    private final MonitorSite site;
    private final ApprovalWords words;
    private final Map<ApprovalAction, Button> buttons = new EnumMap<>(ApprovalAction.class);
    private FleetTable<ApprovalView> table;

    /** Called by the workbench. */
    @Inject
    public ApprovalsPart(MonitorSite site) {
        this(site, new ApprovalWords(Formats.local()));
    }

    /** In other words than those of this computer. */
    public ApprovalsPart(MonitorSite site, ApprovalWords words) {
        this.site = site;
        this.words = words;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        table = new FleetTable<>(parent, site, new FleetTable.Look<>("approvals",
                new FleetPanel.Nothing(Icon.EMPTY_LARGE, Messages.approvals_none, Messages.approvals_noneText,
                        new StatePanel.Action("approvals.refresh", Messages.refresh, this::refresh)),
                Messages.approvals_filter, Messages.approvals_count, Messages.approvals_countFiltered,
                Messages.approvals_table,
                ApprovalWords.STATES.stream()
                        .map(s -> Chip.<Row<ApprovalView>>of(s, row -> row.value().state().equals(s))).toList(),
                ApprovalWords.STATES.stream()
                        .map(s -> new ChipBar.Item(s, ApprovalWords.state(s), ApprovalWords.icon(s))).toList(),
                columns(), words::searched, words::explain, ApprovalView::id), STATE, false, LiveFleet::approvals);
        for (ApprovalAction action : ApprovalAction.values()) {
            buttons.put(action, Ui.button(table.actions(), "approvals." + action.name().toLowerCase(Locale.ROOT),
                    action.button(), () -> ask(action, table.table().selection())));
        }
        table.onSelect(this::selected);
        table.table().onOpen(row -> {
            if (ApprovalAction.APPROVE.skip(row) == null) {
                ask(ApprovalAction.APPROVE, List.of(row));
            }
        });
        selected(List.of());
        site.attachMenu(table.table().control(), MonitorIds.APPROVALS);
    }

    private void selected(List<Row<ApprovalView>> rows) {
        buttons.forEach((action, button) -> {
            button.setEnabled(action.isPossible(rows));
            String why = rows.size() == 1 ? action.skip(rows.getFirst()) : null;
            button.setToolTipText(why == null ? "" : why);
        });
    }

    private List<Sorted<ApprovalView>> columns() {
        Formats f = words.formats();
        return List.of(
                Sorted.by(Column.<Row<ApprovalView>>text(STATE, Messages.column_state, 18,
                        r -> ApprovalWords.state(r.value().state())).with(r -> ApprovalWords.icon(r.value().state())),
                        r -> ApprovalWords.STATES.indexOf(r.state())),
                Sorted.byText(Column.<Row<ApprovalView>>text("what", Messages.approval_what, 40,
                        r -> r.value().what()).growing()),
                Sorted.byText(Column.text("by", Messages.approval_by, 16, r -> r.value().requestedBy())),
                Sorted.by(Column.text("since", Messages.approval_since, 22, r -> f.time(r.value().requested())),
                        ApprovalView::requested),
                Sorted.by(Column.text("until", Messages.approval_until, 22, r -> f.time(r.value().expires())),
                        ApprovalView::expires),
                Sorted.byText(Column.text("decidedBy", Messages.approval_decidedBy, 16,
                        r -> ApprovalWords.by(r.value()))),
                Sorted.byText(Column.text("remark", Messages.alert_remark, 24, r -> r.value().remark())),
                Sorted.byText(Column.text("vault", Messages.column_vault, 14, r -> r.value().vault().isEmpty()
                        ? r.session().connection().name()
                        : r.value().vault())));
    }

    private void ask(ApprovalAction action, List<Row<ApprovalView>> rows) {
        var possible = rows.stream().filter(r -> action.skip(r) == null).toList();
        if (action == ApprovalAction.WITHDRAW) {
            run(action, rows, row -> row.session().api().approvals().withdraw(row.value().id()));
            return;
        }
        var dialog = new DecideDialog(table.actions().getShell(), action, possible);
        if (dialog.open() == Window.OK) {
            decide(action, rows, dialog.remark());
        }
    }

    /** Approves or denies. */
    public void decide(ApprovalAction action, List<Row<ApprovalView>> rows, String remark) {
        run(action, rows, row -> row.session().api().approvals().decide(row.value().id(),
                action == ApprovalAction.APPROVE, remark));
    }

    private void run(ApprovalAction action, List<Row<ApprovalView>> rows,
            Function<Row<ApprovalView>, CompletableFuture<?>> how) {
        var shell = table.actions().getShell();
        var many = new ManyAction<>(rows, action::skip, how, AT_ONCE, Ui.executor(shell.getDisplay()));
        new ManyDialog<>(shell, action.title(), action == ApprovalAction.APPROVE ? Messages.approval_approvedNote
                : Messages.approval_tellingNote, many,
                row -> NLS.bind(Messages.approval_wants, row.value().requestedBy(), row.value().what())).open();
    }

    /** Shows certain requests in place of what filters left before. */
    public void show(Set<String> states) {
        table.filter("", states, "", row -> true);
    }

    /** Reads all lists anew. */
    public void refresh() {
        site.connections().sessions().forEach(FleetSession::refresh);
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
    }
}
