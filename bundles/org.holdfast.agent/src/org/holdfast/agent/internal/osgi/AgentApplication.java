package org.holdfast.agent.internal.osgi;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Equinox product starts. Made by the extension registry, so it has to look its one service up. */
public final class AgentApplication implements IApplication {
    private static final Logger LOG = LoggerFactory.getLogger(AgentApplication.class);
    private static final long PATIENCE_MILLIS = 30_000;
    /** Jobs get twenty seconds to store what they have. */
    private static final int STOP_SECONDS = 45;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Object start(IApplicationContext context) throws InterruptedException {
        // The framework does not stop its applications when the process is asked to end.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
        context.applicationRunning();
        var arguments = List.of((String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS));
        var bundle = FrameworkUtil.getBundle(AgentApplication.class);
        var services = new ServiceTracker<AgentProgram, AgentProgram>(bundle.getBundleContext(), AgentProgram.class,
                null);
        services.open();
        try {
            AgentProgram program = services.waitForService(PATIENCE_MILLIS);
            if (program == null) {
                throw new IllegalStateException("The agent did not start: a bundle of the installation is missing.");
            }
            return program.run(arguments, stopping);
        } finally {
            services.close();
            stopped.countDown();
        }
    }

    /** Called when the process is asked to end; returns when the agent has ended. */
    @Override
    public void stop() {
        stopping.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The agent did not stop within {} seconds", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
