package org.holdfast.console.app;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;

/** Starts the console. {@code -vault DIR}, or just a directory, opens a vault right away. */
public final class ConsoleApplication implements IApplication {
    /** Part of the name of the instance area; raised when a kept workbench model can no longer be read. */
    private static final int MODEL_VERSION = 1;
    private static final int MOST_AREAS = 9;

    @Override
    public Object start(IApplicationContext context) throws IOException {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        claimInstanceArea(Platform.getInstanceLocation());
        Display display = PlatformUI.createDisplay();
        try {
            int code = PlatformUI.createAndRunWorkbench(display, new ConsoleAdvisor(Arguments.vault(arguments)));
            return code == PlatformUI.RETURN_RESTART ? IApplication.EXIT_RESTART : IApplication.EXIT_OK;
        } finally {
            display.dispose();
        }
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            IWorkbench workbench = PlatformUI.getWorkbench();
            workbench.getDisplay().asyncExec(workbench::close);
        }
    }

    /** Takes the first free area in the user's home when the start script named none. */
    private static void claimInstanceArea(Location location) throws IOException {
        if (location == null || location.isSet()) {
            return;
        }
        Path base = Path.of(System.getProperty("user.home"), ".holdfast");
        for (int i = 1; i <= MOST_AREAS; i++) {
            String name = "console-" + MODEL_VERSION + (i == 1 ? "" : "-" + i);
            URL url = base.resolve(name).toUri().toURL();
            if (location.set(url, true)) {
                return;
            }
        }
    }
}
