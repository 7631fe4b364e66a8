package org.holdfast.vault.http.internal.node;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.holdfast.api.HoldfastException;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault node as an Equinox application. Exit codes: 0 after an ordered stop, 1 when the node cannot run, 2 when the
 * command line is wrong.
 */
public final class VaultApplication implements IApplication {
    private static final Logger LOG = LoggerFactory.getLogger(VaultApplication.class);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    /** Requests get twenty seconds to end; what is left then is cut off. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Object start(IApplicationContext context) throws InterruptedException {
        // The framework does not stop its applications when the process is asked to end.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
        context.applicationRunning();
        var arguments = List.of((String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS));
        try {
            return run(arguments, System.out, System.err);
        } finally {
            stopped.countDown();
        }
    }

    private int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(ServeOptions.HELP);
            return 0;
        }
        ServeOptions options;
        try {
            options = ServeOptions.parse(arguments, hostName());
        } catch (IllegalArgumentException e) {
            err.println("holdfast-vault: " + e.getMessage() + ". See --help.");
            return MISUSED;
        }
        try {
            if (options.check()) {
                return new StartCheck(options.settings(), out).run() ? 0 : FAILED;
            }
            serve(options.withRealPort(), out);
            return 0;
        } catch (HoldfastException e) {
            LOG.debug("cannot run", e);
            err.println("holdfast-vault: " + e.getMessage());
            if (!e.advice().isEmpty()) {
                err.println("  " + e.advice());
            }
            return FAILED;
        } catch (IOException e) {
            LOG.error("cannot run", e);
            err.println("holdfast-vault: " + e.getMessage());
            return FAILED;
        }
    }

    private void serve(ServeOptions options, PrintStream out) throws IOException, InterruptedException {
        var context = FrameworkUtil.getBundle(VaultApplication.class).getBundleContext();
        try (var folder = DataFolder.take(options.settings().dataFolder(), options.readyFile());
                var components = new NodeComponents(context, options.settings())) {
            Files.createDirectories(options.settings().storeFolder());
            var node = components.node();
            node.start(out, options.rescue());
            folder.ready(node.port(), options.settings().publicAddresses().getFirst());
            LOG.info("ready");
            stopping.await();
            LOG.info("stopping");
            folder.notReady();
        }
    }

    /** Called when the process is asked to end; returns when the node has ended. */
    @Override
    public void stop() {
        stopping.countDown();
        try {
            if (!stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("did not stop within {}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("this host has no name", e);
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
