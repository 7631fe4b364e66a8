package org.holdfast.cli.internal.osgi;

import java.io.IOException;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** What the Equinox product starts. Made by the extension registry, so it has to look its one service up. */
public final class CliApplication implements IApplication {
    private static final long PATIENCE_MILLIS = 30_000;

    @Override
    public Object start(IApplicationContext context) throws IOException, InterruptedException {
        context.applicationRunning();
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        var bundle = FrameworkUtil.getBundle(CliApplication.class);
        new DropIns(bundle.getBundleContext(), text -> System.err.println("holdfast: " + text)).start();
        var services = new ServiceTracker<CommandLineService, CommandLineService>(bundle.getBundleContext(),
                CommandLineService.class, null);
        services.open();
        try {
            var service = services.waitForService(PATIENCE_MILLIS);
            if (service == null) {
                throw new IllegalStateException("The engine did not start: a bundle of the installation is missing.");
            }
            return service.run(arguments);
        } finally {
            services.close();
        }
    }

    @Override
    public void stop() {
        // The framework only stops us when the process ends, and then the command is being cancelled already.
    }
}
