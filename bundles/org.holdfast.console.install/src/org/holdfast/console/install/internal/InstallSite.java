package org.holdfast.console.install.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.ui.ContextMenu;

/** What surrounds a part. Everything of the workbench may be missing, as it is in tests of a part alone. */
@Creatable
public final class InstallSite {
    private final Registrations registrations;
    private final IMenuService menus;

    /** Called by the workbench. */
    @Inject
    public InstallSite(Registrations registrations, @Optional IMenuService menus) {
        this.registrations = registrations;
        this.menus = menus;
    }

    /** The registrations of this session. */
    Registrations registrations() {
        return registrations;
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
