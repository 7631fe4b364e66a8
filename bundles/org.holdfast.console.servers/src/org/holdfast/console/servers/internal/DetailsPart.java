package org.holdfast.console.servers.internal;

import java.time.Clock;
import java.util.List;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.pages.FactTable;

/** What is known of the one selected server: facts in words, one to a row, so that they can be copied and read out. */
public final class DetailsPart {
    private final ServersSite site;
    private final ServerWords words;
    private StatePanel panel;
    private FactTable table;
    private ServerFacts facts;
    private Subscription subscription = () -> {
    };

    /** Called by the workbench. */
    @Inject
    public DetailsPart(ServersSite site) {
        this(site, new ServerWords(Formats.local(), Clock.systemUTC()));
    }

    /** Another clock than the system's. */
    public DetailsPart(ServersSite site, ServerWords words) {
        this.site = site;
        this.words = words;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        panel = new StatePanel(parent, "details");
        table = new FactTable(panel.content(), "details.table", Messages.details_table);
        facts = new ServerFacts(words);
        subscription = site.selection().changes().add(this::show);
        show(site.selection().rows());
    }

    private void show(List<Row<ServerSummary>> rows) {
        if (panel.isDisposed()) {
            return;
        }
        if (rows.size() != 1) {
            panel.showPrompt(Icon.SERVER_LARGE, rows.isEmpty() ? Messages.details_none
                    : NLS.bind(Messages.details_several, words.formats().count(rows.size())), "");
            return;
        }
        panel.showContent();
        table.show(facts.all(rows.getFirst()));
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            table.table().enter();
        } else {
            panel.setFocus();
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        subscription.close();
    }
}
