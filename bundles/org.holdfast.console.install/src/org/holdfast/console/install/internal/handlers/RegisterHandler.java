package org.holdfast.console.install.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.InstallIds;
import org.holdfast.console.install.internal.ClosingQuestion;
import org.holdfast.console.install.internal.LineWizard;
import org.holdfast.console.install.internal.RegisterDialog;
import org.holdfast.console.install.internal.RegisterWizard.Surroundings;
import org.holdfast.console.install.internal.RegisterWizard;
import org.holdfast.console.install.internal.pick.HostSource;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.ui.pages.PageEntries;

/** Opens the wizard of its command; what the one for servers starts is shown where registrations are. */
public final class RegisterHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        Registrations registrations = window.getService(Registrations.class);
        if (connections == null || registrations == null) {
            return null;
        }
        var around = Surroundings.ofWorkbench(connections, registrations,
                HostSource.read(Platform.getExtensionRegistry(), PageEntries::load,
                        window.getService(IEclipseContext.class)),
                window.getService(KeyHolder.class));
        if (event.getCommand().getId().equals(InstallIds.ONE_LINE)) {
            RegisterDialog.of(window.getShell(), new LineWizard(around)).open();
        } else {
            var wizard = new RegisterWizard(around, started -> {
                ClosingQuestion.watch(window, started);
                EPartService parts = window.getService(EPartService.class);
                if (parts != null) {
                    parts.showPart(InstallIds.REGISTRATIONS, EPartService.PartState.ACTIVATE);
                }
            });
            String hosts = event.getParameter(InstallIds.HOSTS);
            wizard.propose(hosts == null ? "" : hosts);
            RegisterDialog.of(window.getShell(), wizard).open();
        }
        return null;
    }
}
