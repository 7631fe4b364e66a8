package org.holdfast.console.servers.internal.editor;

import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.pages.PageEntry;
import org.holdfast.console.ui.pages.PagesView;

/** What is in the editor of a server: who it is, and its pages; or why it cannot be shown. */
public final class ServerEditorView implements OpenServer {
    private final PagesView<ServerSummary, ServerPage> pages;

    /**
     * @param input the server
     * @param entries in their order
     * @param changed told the server, on the user interface thread, after it changed
     */
    public ServerEditorView(Composite parent, VaultConnections connections, ServerInput input,
            List<PageEntry<ServerPage>> entries, Consumer<Row<ServerSummary>> changed) {
        pages = new PagesView<>(parent, connections,
                new PagesView.Which<>(input.connection(), LiveFleet::servers, input.server()),
                new PagesView.Look<>("server", again -> new FleetPanel.Nothing(Icon.SERVER_LARGE,
                        NLS.bind(Messages.editor_gone, input.getName()), Messages.editor_goneText,
                        new StatePanel.Action("server.refresh", Messages.editor_refresh, again)),
                        row -> ServerWords.icon(row.value().state()), row -> row.value().name(),
                        ServerEditorView::place),
                entries, (page, body) -> page.create(body, this), changed);
        pages.open();
    }

    private static String place(Row<ServerSummary> row) {
        return NLS.bind(Messages.editor_place, new Object[] { ServerWords.state(row.value().state()),
                row.value().vault(), row.session().connection().name() });
    }

    /** The server, null while it is not known. */
    public @Nullable Row<ServerSummary> known() {
        return pages.row();
    }

    @Override
    public Row<ServerSummary> row() {
        return pages.known();
    }

    /** Shows the page so many tabs away, and gives it the focus. */
    public void turn(int by) {
        pages.turn(by);
    }

    @Override
    public void showPage(String id) {
        pages.showPage(id);
    }

    /** Reads anew. */
    public void refresh() {
        pages.refresh();
    }

    /** Gives the focus to the page. */
    public void focus() {
        pages.focus();
    }
}
