package org.holdfast.console.servers.internal.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.OneRow;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** What is in the editor of a server: who it is, and its pages; or why it cannot be shown. */
public final class ServerEditorView {
    private final OneRow<ServerSummary> watch;
    private final Consumer<Row<ServerSummary>> changed;
    private final FleetPanel panel;
    private final Label icon;
    private final Label title;
    private final Label place;
    private final CTabFolder folder;
    private final List<PageTab> tabs = new ArrayList<>();
    private final OpenServer server = new Server();
    private @Nullable Row<ServerSummary> row;

    /**
     * @param input the server
     * @param pages in their order
     * @param changed told the server, on the user interface thread, after it changed
     */
    public ServerEditorView(Composite parent, VaultConnections connections, ServerInput input, List<PageEntry> pages,
            Consumer<Row<ServerSummary>> changed) {
        this.changed = changed;
        panel = new FleetPanel(parent, "server", new FleetPanel.Nothing(Icon.SERVER_LARGE,
                NLS.bind(Messages.editor_gone, input.getName()), Messages.editor_goneText,
                new StatePanel.Action("server.refresh", Messages.editor_refresh, this::refresh)), () -> {
                }, this::refresh);
        var header = new Composite(panel.content(), SWT.NONE);
        header.setLayout(Ui.grid(3, 6));
        header.setLayoutData(Ui.wide());
        icon = new Label(header, SWT.NONE);
        title = Ui.id(new Label(header, SWT.NONE), "server.title");
        title.setFont(JFaceResources.getHeaderFont());
        place = Ui.id(new Label(header, SWT.NONE), "server.place");
        place.setLayoutData(Ui.wide());
        folder = Ui.id(new CTabFolder(panel.content(), SWT.TOP | SWT.FLAT), "server.pages");
        folder.setLayoutData(Ui.fill());
        for (PageEntry entry : pages) {
            var tab = new PageTab(folder, entry, server);
            var item = new CTabItem(folder, SWT.NONE);
            item.setText(Ui.plain(entry.name()));
            setImage(item, entry);
            item.setControl(tab.panel());
            tabs.add(tab);
        }
        if (!tabs.isEmpty()) {
            folder.setSelection(0);
        }
        folder.addListener(SWT.Selection, e -> updatePage());
        folder.addListener(SWT.Dispose, e -> tabs.forEach(PageTab::drop));
        watch = new OneRow<>(connections, input.connection(), LiveFleet::servers, input.server(),
                w -> Ui.async(panel.panel(), this::show));
        folder.addListener(SWT.Dispose, e -> watch.close());
        show();
    }

    /** A page whose picture cannot be read is better than none. */
    private static void setImage(CTabItem item, PageEntry entry) {
        Image image = entry.icon() == null ? null : entry.icon().createImage(false);
        if (image != null) {
            item.setImage(image);
            item.addListener(SWT.Dispose, e -> image.dispose());
        }
    }

    private void show() {
        Row<ServerSummary> now = watch.row();
        if (now != null) {
            boolean other = row == null || !row.value().equals(now.value());
            row = now;
            ServerSummary s = now.value();
            icon.setImage(ServerWords.icon(s.state()).image());
            Ui.setText(title, Ui.plain(s.name()));
            Ui.setText(place, Ui.plain(NLS.bind(Messages.editor_place, new Object[] { ServerWords.state(s.state()),
                    s.vault(), now.session().connection().name() })));
            updatePage();
            if (other) {
                changed.accept(now);
            }
        }
        panel.show(watch.state());
    }

    private void updatePage() {
        PageTab tab = tab();
        if (tab != null && row != null) {
            tab.update();
        }
    }

    private @Nullable PageTab tab() {
        int index = folder.getSelectionIndex();
        return index < 0 ? null : tabs.get(index);
    }

    /** The server, null while it is not known. */
    public @Nullable Row<ServerSummary> row() {
        return row;
    }

    /** Shows the page so many tabs away, and gives it the focus. */
    public void turn(int by) {
        if (!tabs.isEmpty()) {
            select(Math.floorMod(folder.getSelectionIndex() + by, tabs.size()));
        }
    }

    private void select(int index) {
        folder.setSelection(index);
        updatePage();
        focus();
    }

    /** Shows a page. */
    public void showPage(String id) {
        for (int i = 0; i < tabs.size(); i++) {
            if (tabs.get(i).entry().id().equals(id)) {
                select(i);
            }
        }
    }

    /** Reads anew. */
    public void refresh() {
        var session = watch.session();
        if (session != null) {
            session.refresh();
        }
        tabs.forEach(PageTab::refresh);
    }

    /** Gives the focus to the page. */
    public void focus() {
        PageTab tab = tab();
        if (panel.panel().state() == StatePanel.State.CONTENT && tab != null) {
            tab.focus();
        } else {
            panel.panel().setFocus();
        }
    }

    /** What pages get. */
    private final class Server implements OpenServer {
        @Override
        public Row<ServerSummary> row() {
            Row<ServerSummary> known = row;
            if (known == null) {
                throw new IllegalStateException("The server is not known yet.");
            }
            return known;
        }

        @Override
        public void showPage(String id) {
            ServerEditorView.this.showPage(id);
        }
    }
}
