package org.holdfast.console.ui;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;

/** Context menus that plug-ins contribute to. */
public final class ContextMenu {
    private ContextMenu() {
    }

    /**
     * Gives a control the context menu that is contributed to under {@code popup:id}, until it is disposed.
     *
     * @param menus null where there is no workbench, as in tests of a part alone; then there is no menu
     */
    public static void attach(@Nullable IMenuService menus, Control control, String id) {
        if (menus == null) {
            return;
        }
        var manager = new MenuManager();
        menus.populateContributionManager(manager, "popup:" + id);
        control.setMenu(manager.createContextMenu(control));
        control.addListener(SWT.Dispose, e -> {
            menus.releaseContributions(manager);
            manager.dispose();
        });
    }
}
