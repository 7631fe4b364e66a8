package org.holdfast.console.servers.internal;

import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.holdfast.console.client.fleet.VaultConnections;

/** From the start of the workbench on there is somebody who can be asked for a password. */
public final class PinStartup implements IStartup {
    @Override
    public void earlyStartup() {
        IWorkbench workbench = PlatformUI.getWorkbench();
        workbench.getDisplay().asyncExec(() -> {
            IWorkbenchWindow[] windows = workbench.getWorkbenchWindows();
            VaultConnections connections = workbench.getService(VaultConnections.class);
            if (windows.length > 0 && connections != null) {
                connections.askWith(PinDialog.above(windows[0].getShell()));
            }
        });
    }
}
