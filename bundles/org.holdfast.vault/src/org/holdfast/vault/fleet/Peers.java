package org.holdfast.vault.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PolicyEvent;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.JobRow;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.nodes.NodeTable;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.events.VaultEvent;
import org.holdfast.vault.nodes.Notices;
import org.holdfast.vault.nodes.ThisNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node has in memory and what others tell: takes in what they have changed, has them told of what changes
 * here, and takes over servers of nodes that are gone. Nothing to do for the only node. Thread-safe.
 */
@Component(service = Peers.class)
public final class Peers implements Notices.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final long ALERTS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String SERVER_SIGNAL = "server:";
    private static final String WAKE = "wake";
    private static final String ALL = "all";

    private final Catalog catalog;
    private final @Nullable UUID node;
    private final Presence presence;
    private final Commands commands;
    private final JobBook book;
    private final Alerts alerts;
    private final Policies policies;
    private final PolicyResolver resolver;
    private final Vaults vaults;
    private final ServerNews news;
    private final RecoveryPoints points;
    private final Asks asks;
    private final EventBus bus;
    private final Signals signals;
    private final Notices notices;
    private volatile long alertsLooked = System.nanoTime() - ALERTS_NANOS;
    private volatile boolean alertsChanged;

    /** Begins to listen. */
    @Activate
    public Peers(@Reference Catalog catalog, @Reference Presence presence, @Reference Commands commands,
            @Reference JobBook book, @Reference Alerts alerts, @Reference Policies policies,
            @Reference PolicyResolver resolver, @Reference Vaults vaults, @Reference ServerNews news,
            @Reference RecoveryPoints points, @Reference Asks asks, @Reference EventBus bus,
            @Reference Signals signals, @Reference Notices notices) {
        this.catalog = catalog;
        this.node = presence.node();
        this.presence = presence;
        this.commands = commands;
        this.book = book;
        this.alerts = alerts;
        this.policies = policies;
        this.resolver = resolver;
        this.vaults = vaults;
        this.news = news;
        this.points = points;
        this.asks = asks;
        this.bus = bus;
        this.signals = signals;
        this.notices = notices;
        if (node != null) {
            signals.relay(this::signalled);
            bus.relay(this::published);
            notices.listen(this);
        }
    }

    /** What is waited for by name: an agent's poll, an answer, or something that only another node can do. */
    private void signalled(String name) {
        int colon = name.indexOf(':');
        String key = name.substring(colon + 1);
        if (!name.startsWith(SERVER_SIGNAL)) {
            notices.tell(name.substring(0, colon), key);
        } else if (!presence.isMine(UUID.fromString(key))) {
            notices.tell(WAKE, key);
        }
    }

    private void published(String type, Object body) {
        String key = switch (body) {
            case ServerSummary server -> server.id();
            case AlertSummary alert -> alert.id();
            case PointInfo point -> point.vault() + "/" + point.id();
            case PolicyEvent policy -> Json.text(policy);
            default -> body.toString();
        };
        notices.tell(type, key);
    }

    @Override
    public void changed(String kind, Set<String> keys) {
        switch (kind) {
            case WAKE -> ids(keys).forEach(this::wake);
            case "took" -> ids(keys).forEach(this::took);
            case "moved" -> load();
            case "look" -> ids(keys).stream().filter(id -> book.find(id) != null).forEach(book::lookElsewhere);
            case "asked" -> ids(keys).forEach(asks::heard);
            case "ask" -> keys.forEach(key -> signals.wake("ask:" + key));
            case VaultEvent.SERVER -> {
                List<UUID> servers = ids(keys);
                servers.forEach(presence::reload);
                news.publishHere(servers);
            }
            case VaultEvent.JOB -> jobs(ids(keys));
            case VaultEvent.ALERT -> {
                alertsChanged = true;
                lookAtAlerts();
                alerts.tellHere(ids(keys));
            }
            case VaultEvent.POLICY -> keys.forEach(this::policy);
            case VaultEvent.POINT -> keys.forEach(this::point);
            default -> LOG.debug("a newer node tells of {}", kind);
        }
    }

    private static List<UUID> ids(Collection<String> keys) {
        return keys.stream().map(Wire::idOrNull).filter(Objects::nonNull).map(UUID.class::cast).toList();
    }

    private void wake(UUID id) {
        LiveServer server = presence.find(id);
        if (server != null && server.mine) {
            commands.sync(server);
        }
        // A poll that waits here although the server is another node's comes back and takes it along.
        signals.wake(SERVER_SIGNAL + id);
    }

    private void took(UUID id) {
        UUID self = node;
        LiveServer server = presence.isMine(id) ? presence.find(id) : null;
        if (server != null && self != null) {
            synchronized (server.taking) {
                // Its agent may have come back in the meantime.
                if (!self.equals(catalog.read(handle -> NodeTable.holder(handle, id)))) {
                    book.lose(server);
                }
            }
        }
    }

    private void jobs(List<UUID> ids) {
        for (JobRow row : catalog.<List<JobRow>>read(handle -> JobTable.byIds(handle, ids))) {
            LiveServer server = presence.find(row.serverId());
            if (server != null) {
                if (server.mine) {
                    book.heard(server, row);
                }
                book.tellHere(server, row);
            }
        }
    }

    private void policy(String key) {
        try {
            policies.heard(Json.read(key, PolicyEvent.class));
        } catch (IOException e) {
            LOG.warn("what another node tells of a policy cannot be read", e);
        }
    }

    private void point(String key) {
        int slash = key.indexOf('/');
        if (slash > 0) {
            points.tellHere(vaults.id(key.substring(0, slash)), key.substring(slash + 1));
        }
    }

    private void lookAtAlerts() {
        if (alertsChanged && System.nanoTime() - alertsLooked >= ALERTS_NANOS) {
            alertsChanged = false;
            alertsLooked = System.nanoTime();
            alerts.sync();
        }
    }

    @Override
    public void missed() {
        presence.reloadAll();
        resolver.forgetAll();
        sync();
        bus.reset();
    }

    /** What waited for a moment; once a second. */
    void tick() {
        lookAtAlerts();
    }

    /** Compares memory and catalogue; now and then, for what was not told. */
    void sync() {
        if (node != null) {
            vaults.forgetNames();
            load();
            commands.sync();
            alerts.sync();
        }
    }

    /** Takes over servers that no living node looks after; one node does that. */
    void adopt() {
        UUID self = node;
        if (self == null) {
            return;
        }
        int adopted = catalog.write(handle -> NodeTable.adopt(handle, self, ThisNode.SILENCE));
        if (adopted > 0) {
            LOG.info("looks after {} servers that no node looked after", adopted);
            load();
            signals.signal("moved:" + ALL);
        }
    }

    /** Has in mind exactly the servers that are this node's by the catalogue. */
    private void load() {
        UUID self = node;
        if (self == null) {
            return;
        }
        Set<UUID> own = new HashSet<>(catalog.<List<UUID>>read(handle -> NodeTable.serversOf(handle, self)));
        for (LiveServer server : presence.all()) {
            if (server.mine && !own.contains(server.id)) {
                took(server.id);
            }
        }
        var missing = new ArrayList<LiveServer>();
        for (UUID id : own) {
            LiveServer server = presence.find(id);
            if (server != null && !server.mine) {
                missing.add(server);
            }
        }
        book.loadAll(missing);
    }
}
