package org.holdfast.vault.http.internal.node;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.remote.StoreCheck;
import org.holdfast.vault.VaultSettings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
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
                var context = FrameworkUtil.getBundle(VaultApplication.class).getBundleContext();
                return new StartCheck(options.settings(), out, location -> findings(context, location)).run() ? 0
                        : FAILED;
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
            Path objects = options.settings().storeFolder();
            if (objects == null) {
                Thread.ofVirtual().name("store-check").start(() -> checkStore(context, options.settings()));
            } else {
                Files.createDirectories(objects);
            }
            var node = components.node();
            node.start(out, options.rescue());
            folder.ready(node.port(), options.settings().publicAddresses().getFirst());
            LOG.info("ready");
            stopping.await();
            LOG.info("stopping");
            folder.notReady();
        }
    }

    /** What the kind of store that a location is for finds there. */
    private static List<StoreCheck.Finding> findings(BundleContext context, String location) {
        try {
            for (ServiceReference<StoreCheck> each : context.getServiceReferences(StoreCheck.class, null)) {
                StoreCheck check = context.getService(each);
                if (check != null && check.accepts(location)) {
                    return check.check(location);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return List.of(new StoreCheck.Finding(StoreCheck.Level.BAD, "store",
                "no kind of store that is installed understands '" + location + "'"));
    }

    /** Beside the start: agents come back by themselves when a store that is away for now does. */
    private static void checkStore(BundleContext context, VaultSettings settings) {
        for (StoreCheck.Finding finding : findings(context, settings.storeLocation())) {
            switch (finding.level()) {
                case GOOD -> LOG.info("{}: {}", finding.what(), finding.text());
                case WARNING -> LOG.warn("{}: {}", finding.what(), finding.text());
                case BAD -> LOG.error("{}: {}", finding.what(), finding.text());
            }
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
