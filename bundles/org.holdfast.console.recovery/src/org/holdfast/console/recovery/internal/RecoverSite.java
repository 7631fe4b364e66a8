package org.holdfast.console.recovery.internal;

import java.util.List;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.preview.PreviewKind;
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
    private final List<PreviewKind> previews;
    private final RecoverSettings settings;

    /** Called by the workbench. */
    @Inject
    public RecoverSite(@Optional RecoverSession session, @Optional EPartService parts,
            @Optional IMenuService menus, @Optional IEclipseContext context) {
        this(session, parts, menus, PreviewKind.all(context), RecoverSettings.ofWorkbench());
    }

    /** As it is in tests of a part alone. */
    public RecoverSite(RecoverSession session, EPartService parts, IMenuService menus) {
        this(session, parts, menus, PreviewKind.all(null), RecoverSettings.ofWorkbench());
    }

    /** With these previews and settings. */
    public RecoverSite(RecoverSession session, EPartService parts, IMenuService menus, List<PreviewKind> previews,
            RecoverSettings settings) {
        this.previews = previews;
        this.settings = settings;
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

    /** Previews of files, in the order in which they are asked. */
    public List<PreviewKind> previews() {
        return previews;
    }

    /** How this person wants the parts to be. */
    public RecoverSettings settings() {
        return settings;
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    public void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
