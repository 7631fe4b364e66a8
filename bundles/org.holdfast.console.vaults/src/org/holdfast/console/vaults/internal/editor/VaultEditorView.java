package org.holdfast.console.vaults.internal.editor;

import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.pages.PageEntry;
import org.holdfast.console.ui.pages.PagesView;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;

/** What is in the editor of a vault: which it is, and its pages; or why it cannot be shown. */
public final class VaultEditorView implements OpenVault {
    private final PagesView<VaultSummary, VaultPage> pages;

    /**
     * @param input the vault
     * @param entries in their order
     * @param changed told the vault, on the user interface thread, after it changed
     */
    public VaultEditorView(Composite parent, VaultConnections connections, VaultInput input,
            List<PageEntry<VaultPage>> entries, Consumer<Row<VaultSummary>> changed) {
        pages = new PagesView<>(parent, connections,
                new PagesView.Which<>(input.connection(), LiveFleet::vaults, input.thing()),
                new PagesView.Look<>("vault", again -> new FleetPanel.Nothing(Icon.VAULT_LARGE,
                        NLS.bind(Messages.editor_gone, input.getName()), Messages.editor_goneText,
                        new StatePanel.Action("vault.refresh", Messages.editor_refresh, again)), row -> Icon.VAULT,
                        row -> row.value().name(), VaultEditorView::place),
                entries, (page, body) -> page.create(body, this), changed);
        pages.open();
    }

    private static String place(Row<VaultSummary> row) {
        Formats formats = Formats.local();
        return NLS.bind(Messages.editor_place, new Object[] { row.session().connection().name(),
                formats.count(row.value().servers()), formats.size(row.value().storedBytes()) });
    }

    /** The vault, null while it is not known. */
    public @Nullable Row<VaultSummary> known() {
        return pages.row();
    }

    @Override
    public Row<VaultSummary> row() {
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
