package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.servers.internal.FactTable;
import org.holdfast.console.servers.internal.ServerFacts;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Ui;

/** How the server stands, and why. */
public final class OverviewPage implements ServerPage {
    private final ServerFacts facts;
    private OpenServer server;
    private Label icon;
    private Label state;
    private Label reason;
    private FactTable table;

    /** Called by the editor. */
    @Inject
    public OverviewPage(ServerWords words) {
        facts = new ServerFacts(words);
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        var top = new Composite(parent, SWT.NONE);
        top.setLayout(Ui.grid(3, 2));
        top.setLayoutData(Ui.wide());
        icon = new Label(top, SWT.NONE);
        state = Ui.id(new Label(top, SWT.NONE), "overview.state");
        state.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        reason = Ui.id(new Label(top, SWT.WRAP), "overview.reason");
        reason.setLayoutData(Ui.wide());
        table = new FactTable(parent, "overview.table", Messages.overview_table);
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        icon.setImage(ServerWords.icon(s.state()).image());
        Ui.setText(state, ServerWords.state(s.state()));
        Ui.setText(reason, Ui.plain(s.reason()));
        table.show(facts.all(server.row()));
    }

    @Override
    public void focus() {
        table.table().enter();
    }
}
