package org.holdfast.vault.nodes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.nodes.NodeRow;
import org.holdfast.vault.catalog.nodes.NodeTable;
import org.holdfast.vault.fleet.ProgramVersion;
import org.holdfast.vault.pki.Pki;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This run of this node among those of the installation. Each run has an id of its own, since what it has in memory
 * ends with it. Thread-safe.
 */
@Component(service = ThisNode.class, immediate = true)
public final class ThisNode implements AutoCloseable {
    /** A node that was silent for so long is lost, and others take over what it looked after. */
    public static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(ThisNode.class);
    private static final long SIGN_SECONDS = 3;
    private static final String AUTHORITY = "authority";

    private final Catalog catalog;
    private final UUID id = UUID.randomUUID();
    private final String name;
    private final String addresses;
    private final ScheduledExecutorService timer;

    /**
     * Enters it.
     *
     * @throws HoldfastException when its authority is not that of the other nodes
     */
    @Activate
    public ThisNode(@Reference Catalog catalog, @Reference VaultSettings settings, @Reference Pki pki) {
        this.catalog = catalog;
        name = hostName() + ":" + settings.port();
        addresses = String.join(",", settings.publicAddresses());
        if (!catalog.isEmbedded()) {
            requireAuthority(settings, pki.fingerprint());
        }
        enter();
        var threads = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("node-sign").factory());
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        timer = threads;
        timer.scheduleWithFixedDelay(this::sign, SIGN_SECONDS, SIGN_SECONDS, TimeUnit.SECONDS);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("this host has no name", e);
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }

    private void requireAuthority(VaultSettings settings, String own) {
        String first = catalog.write(handle -> NodeTable.agree(handle, AUTHORITY, own));
        if (!first.equals(own)) {
            throw new HoldfastException(Problem.ACCESS_DENIED,
                    "the catalogue belongs to nodes with the authority " + first + ", this node has " + own,
                    "Copy ca.pem and ca.key from the folder pki of one of them into " + settings.pkiFolder()
                            + ", and notify.key beside it, readable for this user alone.");
        }
    }

    private void enter() {
        catalog.run(handle -> NodeTable.enter(handle, id, name, addresses, ProgramVersion.read(),
                Catalog.schemaVersion()));
    }

    private void sign() {
        try {
            boolean known = catalog.write(handle -> NodeTable.seen(handle, id));
            if (!known) {
                LOG.warn("the other nodes had given this one up");
                catalog.run(handle -> NodeTable.again(handle, id));
            }
        } catch (RuntimeException e) {
            LOG.warn("the catalogue cannot be told that this node is alive; again in {} seconds", SIGN_SECONDS, e);
        }
    }

    /** Of this run. */
    public UUID id() {
        return id;
    }

    /** The same at each start: host and port. */
    public String name() {
        return name;
    }

    /** Whether there can be other nodes. */
    public boolean isShared() {
        return !catalog.isEmbedded();
    }

    /** All nodes that have not been stopped in order, by name. */
    public List<NodeRow> all() {
        return catalog.read(NodeTable::present);
    }

    /** Whether a node was heard of lately. */
    public static boolean isAlive(NodeRow node) {
        return node.silentSeconds() < SILENCE.toSeconds();
    }

    /** Leaves: others take over at once what this node looked after. */
    @Deactivate
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(SIGN_SECONDS, TimeUnit.SECONDS);
            catalog.run(handle -> NodeTable.end(handle, id));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the other nodes will miss this one", e);
        }
    }
}
