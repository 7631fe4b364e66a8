package org.holdfast.console.ui;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.fleet.VaultConnections;

/**
 * What surrounds a part. Everything of the workbench may be missing, as it is in tests of a part alone.
 *
 * @param <S> what keeps the selection of its parts
 */
public abstract class PartSite<S> {
    private final VaultConnections connections;
    private final S selection;
    private final @Nullable IMenuService menus;

    /** @param menus null where there is no workbench */
    protected PartSite(VaultConnections connections, S selection, @Nullable IMenuService menus) {
        this.connections = connections;
        this.selection = selection;
        this.menus = menus;
    }

    /** The vault servers. */
    public final VaultConnections connections() {
        return connections;
    }

    /** What is selected. */
    public final S selection() {
        return selection;
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    public final void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
