package org.holdfast.console.vaults.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.e4.ui.workbench.modeling.EPartService.PartState;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.ContextMenu;

/** What surrounds a part. Everything of the workbench may be missing, as it is in tests of a part alone. */
@Creatable
public final class VaultsSite {
    private final VaultConnections connections;
    private final VaultSelection selection;
    private final EPartService parts;
    private final IMenuService menus;

    /** Called by the workbench. */
    @Inject
    public VaultsSite(VaultConnections connections, VaultSelection selection, @Optional EPartService parts,
            @Optional IMenuService menus) {
        this.connections = connections;
        this.selection = selection;
        this.parts = parts;
        this.menus = menus;
    }

    /** The vault servers. */
    VaultConnections connections() {
        return connections;
    }

    /** What is selected. */
    VaultSelection selection() {
        return selection;
    }

    /** Shows a part and gives it the focus. */
    void showPart(String id) {
        if (parts != null) {
            parts.showPart(id, PartState.ACTIVATE);
        }
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
