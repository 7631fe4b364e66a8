package org.holdfast.console.monitor.internal;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** Begins to watch for notices when the workbench is there. */
public final class NoticesStartup implements IStartup {
    @Override
    public void earlyStartup() {
        IWorkbench workbench = PlatformUI.getWorkbench();
        workbench.getDisplay().asyncExec(() -> begin(workbench));
    }

    private static void begin(IWorkbench workbench) {
        IWorkbenchWindow[] windows = workbench.getWorkbenchWindows();
        VaultConnections connections = workbench.getService(VaultConnections.class);
        MonitorSelection selection = workbench.getService(MonitorSelection.class);
        if (windows.length == 0 || connections == null || selection == null) {
            return;
        }
        Display display = workbench.getDisplay();
        var window = new NoticeWindow(windows[0].getShell(), Opener.workbench());
        NoticeSettings settings = NoticeSettings.ofConsole();
        var notices = new Notices(connections, Formats.local(), settings::jobs, settings::alerts,
                notice -> Ui.async(windows[0].getShell(), () -> {
                    selection.setNotice(notice);
                    window.show(notice);
                }));
        display.disposeExec(notices::close);
    }
}
