package org.holdfast.console.recovery.internal;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.ui.ContextMenu;

import jakarta.inject.Inject;

/**
 * What surrounds a part: the session, and of the workbench only what a part needs. Everything of the workbench may be
 * missing, as it is in tests of a part alone.
 */
@Creatable
public final class RecoverSite {
    private final RecoverSession session;
    private final RecoverActions actions;
    private final IMenuService menus;

    /** Called by the workbench. */
    @Inject
    public RecoverSite(@Optional RecoverSession session, @Optional EPartService parts,
            @Optional IMenuService menus) {
        this.session = session;
        this.actions = new RecoverActions(session, parts);
        this.menus = menus;
    }

    /** The session, or null without an engine. */
    public RecoverSession session() {
        return session;
    }

    /** What a person can do. */
    public RecoverActions actions() {
        return actions;
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    public void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
