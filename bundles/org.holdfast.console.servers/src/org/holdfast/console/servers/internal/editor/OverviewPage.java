package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.util.List;

import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.servers.internal.PolicyDialog;
import org.holdfast.console.servers.internal.ServerActions;
import org.holdfast.console.servers.internal.ServerFacts;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.FactTable;

/** How the server stands, why, and what can be done. */
public final class OverviewPage implements ServerPage {
    private final ServerFacts facts;
    private OpenServer server;
    private Bar bar;
    private Label icon;
    private Label reason;
    private FactTable table;
    private Subscription alerts = () -> {
    };

    /** Called by the editor. */
    @Inject
    public OverviewPage(ServerWords words) {
        facts = new ServerFacts(words);
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        var top = new Composite(parent, SWT.NONE);
        top.setLayout(Ui.grid(2, 2));
        top.setLayoutData(Ui.wide());
        icon = new Label(top, SWT.NONE);
        reason = Ui.id(new Label(top, SWT.WRAP), "overview.reason");
        reason.setLayoutData(Ui.wide());
        bar = ServerBar.of(parent, open).add("overview.backUp", Messages.overview_backUp, "job.run",
                () -> new ServerActions(parent.getShell()).backUp(List.of(server.row())))
                .add("overview.drill", Messages.overview_drill, "job.run",
                        () -> server.summary().points() == 0 ? Messages.overview_noPoints : null,
                        () -> new ServerActions(parent.getShell()).drill(List.of(server.row())))
                .add("overview.assign", Messages.overview_assign, "policy.manage", () -> assign(parent))
                .add("overview.properties", Messages.overview_properties, "server.manage",
                        () -> ChangePropertiesWizard.open(parent.getShell(), server.row()))
                .add("overview.recover", Messages.points_recover, "", PointsPage::cannotRecover,
                        () -> PointsPage.recover(server));
        table = new FactTable(parent, "overview.table", Messages.overview_table);
        alerts = server.session().live().alerts().changes().add(l -> Ui.async(parent, this::update));
    }

    private void assign(Composite parent) {
        var dialog = new PolicyDialog(parent.getShell(), List.of(server.row()));
        if (dialog.open() == Window.OK) {
            new ServerActions(parent.getShell()).assign(List.of(server.row()), dialog.policy());
        }
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        String why = s.drift() != null && s.reason().isEmpty() ? s.drift() : s.reason();
        icon.setImage((why.isEmpty() ? Icon.COMPLETED : ServerWords.icon(s.state())).image());
        Ui.setText(reason, Ui.plain(why.isEmpty() ? Messages.overview_fine : why));
        bar.update();
        table.show(facts.all(server.row()));
    }

    @Override
    public void focus() {
        table.table().enter();
    }

    @Override
    public void dispose() {
        alerts.close();
    }
}
