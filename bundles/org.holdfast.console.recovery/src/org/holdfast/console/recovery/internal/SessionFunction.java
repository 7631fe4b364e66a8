package org.holdfast.console.recovery.internal;

import org.eclipse.e4.core.contexts.ContextFunction;
import org.eclipse.e4.core.contexts.IContextFunction;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.ui.model.application.MApplication;
import org.eclipse.swt.widgets.Display;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.ui.Ui;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives the workbench its one session when a part first asks for it. */
@Component(service = IContextFunction.class, property = SessionFunction.PROPERTY)
public final class SessionFunction extends ContextFunction {
    static final String PROPERTY = IContextFunction.SERVICE_CONTEXT_KEY
            + "=org.holdfast.console.client.recover.RecoverSession";

    private final Vaults vaults;
    private final VaultConnections fleet;

    /** Called by Declarative Services. */
    @Activate
    public SessionFunction(@Reference Vaults vaults, @Reference VaultConnections fleet) {
        this.vaults = vaults;
        this.fleet = fleet;
    }

    @Override
    public Object compute(IEclipseContext context, String key) {
        MApplication application = context.get(MApplication.class);
        IEclipseContext owner = application == null ? context : application.getContext();
        var session = (RecoverSession) owner.getLocal(RecoverSession.class.getName());
        if (session == null) {
            session = new RecoverSession(vaults, fleet, Ui.executor(Display.getDefault()));
            owner.set(RecoverSession.class, session);
        }
        return session;
    }
}
