package org.holdfast.console.app;

import java.util.List;
import java.util.Map;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.ui.Approvals;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.ApprovalView;

/** The end of the status line: how many vault servers are connected, what runs, and what is wrong. */
public final class FleetStatus extends WorkbenchWindowControlContribution {
    private static final String SHOW_VIEW = "org.eclipse.ui.views.showView";
    private static final String VIEW_ID = "org.eclipse.ui.views.showView.viewId";

    /** Items that are always there. */
    private static final int STEADY = 3;

    private final Formats formats = Formats.local();

    /** Called by the workbench. */
    public FleetStatus() {
        // nothing to prepare
    }

    @Override
    protected Control createControl(Composite parent) {
        var bar = Ui.name(Ui.id(new ToolBar(parent, SWT.FLAT | SWT.RIGHT), "status"), Messages.status_bar);
        VaultConnections connections = getWorkbenchWindow().getService(VaultConnections.class);
        if (connections == null) {
            return bar;
        }
        ToolItem servers = item(bar, "status.connections", Icon.VAULT, () -> showConnections(connections));
        ToolItem running = item(bar, "status.running", Icon.REFRESH, () -> show("org.holdfast.console.monitor.jobs"));
        ToolItem alerts = item(bar, "status.alerts", Icon.ALERT, () -> show("org.holdfast.console.monitor.alerts"));
        // The trim gives the room that is needed at the beginning, so the texts are there from the start.
        connections(servers, connections.sessions());
        set(running, NLS.bind(Messages.status_running, formats.count(0)));
        set(alerts, Texts.bind(Messages.status_alerts, formats.count(0)));
        var jobRows = new FleetRows<JobSummary>(connections, LiveFleet::jobs, rows -> Ui.async(bar, () -> {
            connections(servers, connections.sessions());
            long now = rows.rows().stream().filter(r -> !r.value().state().isFinal()).count();
            set(running, NLS.bind(Messages.status_running, formats.count(now)));
        }));
        var alertRows = new FleetRows<AlertSummary>(connections, LiveFleet::alerts, rows -> Ui.async(bar, () -> {
            long critical = rows.rows().stream().filter(r -> r.value().severity() == Severity.CRITICAL).count();
            set(alerts, critical == 0 ? Texts.bind(Messages.status_alerts, formats.count(rows.rows().size()))
                    : Texts.bind(Messages.status_alertsCritical, formats.count(rows.rows().size()),
                            formats.count(critical)));
        }));
        var approvalRows = new FleetRows<ApprovalView>(connections, LiveFleet::approvals, rows -> Ui.async(bar,
                () -> approvals(bar, rows.rows().stream().filter(r -> r.value().state().equals("pending")).count())));
        bar.addListener(SWT.Dispose, e -> {
            approvalRows.close();
            jobRows.close();
            alertRows.close();
        });
        return bar;
    }

    /** Where there is no second person, or nothing waits, nothing is said of it. */
    private void approvals(ToolBar bar, long waiting) {
        ToolItem item = bar.getItemCount() > STEADY ? bar.getItem(STEADY) : null;
        if (waiting > 0) {
            set(item != null ? item : item(bar, "status.approvals", Icon.KEY, Approvals::show),
                    NLS.bind(Messages.status_approvals, formats.count(waiting)));
        } else if (item != null) {
            item.dispose();
            bar.pack();
            makeRoom(bar);
            bar.getShell().layout(new Control[] { bar }, SWT.DEFER);
        }
    }

    private void connections(ToolItem item, List<FleetSession> sessions) {
        long connected = sessions.stream().filter(s -> s.state().isConnected()).count();
        set(item, sessions.isEmpty() ? Messages.status_noServer
                : NLS.bind(Messages.status_connected, formats.count(connected), formats.count(sessions.size())));
        item.setImage((connected < sessions.size() ? Icon.WARNINGS : Icon.VAULT).image());
    }

    private static void showConnections(VaultConnections connections) {
        if (connections.sessions().isEmpty()) {
            Commands.run(Commands.CONNECT);
        } else if (connections.sessions().stream().anyMatch(s -> s.state().kind() == LinkState.Kind.SIGNED_OUT)) {
            Commands.run(Commands.SIGN_IN);
        } else {
            show(ServersIds.SERVERS);
        }
    }

    private static void show(String view) {
        Commands.run(SHOW_VIEW, Map.of(VIEW_ID, view));
    }

    private static ToolItem item(ToolBar bar, String id, Icon icon, Runnable action) {
        var item = Ui.id(new ToolItem(bar, SWT.PUSH), id);
        item.setImage(icon.image());
        item.addListener(SWT.Selection, e -> action.run());
        return item;
    }

    /** The trim is a tool bar itself, whose items keep the width that they were made with. */
    private static void makeRoom(ToolBar bar) {
        for (Control inner = bar; inner != null; inner = inner.getParent()) {
            if (inner.getParent() instanceof ToolBar trim) {
                for (ToolItem slot : trim.getItems()) {
                    if (slot.getControl() == inner) {
                        slot.setWidth(inner.computeSize(SWT.DEFAULT, SWT.DEFAULT).x);
                    }
                }
                // Its frame takes the size that the tool bar has, not the one that it wants.
                trim.pack();
                trim.getParent().pack();
                trim.getParent().requestLayout();
            }
        }
    }

    private static void set(ToolItem item, String text) {
        if (!item.getText().equals(text)) {
            item.setText(text);
            item.setToolTipText(text);
            ToolBar bar = item.getParent();
            bar.pack();
            makeRoom(bar);
            bar.getShell().layout(new Control[] { bar }, SWT.DEFER);
        }
    }
}
