package org.holdfast.console.monitor.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.ContextMenu;

/** What surrounds a part. Everything of the workbench may be missing, as it is in tests of a part alone. */
@Creatable
public final class MonitorSite {
    private final VaultConnections connections;
    private final MonitorSelection selection;
    private final IMenuService menus;

    /** Called by the workbench. */
    @Inject
    public MonitorSite(VaultConnections connections, MonitorSelection selection, @Optional IMenuService menus) {
        this.connections = connections;
        this.selection = selection;
        this.menus = menus;
    }

    /** The vault servers. */
    VaultConnections connections() {
        return connections;
    }

    /** What is selected. */
    MonitorSelection selection() {
        return selection;
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
