package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.ContactRow;
import org.holdfast.vault.catalog.fleet.DrillRow;
import org.holdfast.vault.catalog.fleet.DrillTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.nodes.ThisNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of this node in memory: heartbeats cost no statement, what they tell is written in batches. Thread-safe.
 */
@Component(service = Presence.class)
public final class Presence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final int BATCH = 1000;

    private final Catalog catalog;
    private final Clock clock;
    private final @Nullable UUID node;
    private final ConcurrentMap<UUID, LiveServer> servers = new ConcurrentHashMap<>();

    /** Of one of several nodes: it looks after those servers that it takes over. */
    @Activate
    public Presence(@Reference Catalog catalog, @Reference Clock clock, @Reference ThisNode node) {
        this(catalog, clock, node.isShared() ? node.id() : null);
    }

    /** Of the only node. */
    public Presence(Catalog catalog, Clock clock) {
        this(catalog, clock, (UUID) null);
    }

    /** Takes all servers of the catalogue into memory; none of them counts as lost before it had time to call. */
    private Presence(Catalog catalog, Clock clock, @Nullable UUID node) {
        this.catalog = catalog;
        this.clock = clock;
        this.node = node;
        Instant now = clock.instant();
        for (ServerRow row : catalog.<List<ServerRow>>read(ServerTable::active)) {
            servers.put(row.id(), live(row, now));
        }
        for (DrillRow row : catalog.<List<DrillRow>>read(DrillTable::active)) {
            LiveServer server = servers.get(row.serverId());
            if (server != null) {
                server.drills(row);
            }
        }
    }

    private LiveServer live(ServerRow row, Instant now) {
        var live = new LiveServer(row, now);
        live.mine = node == null;
        return live;
    }

    /** The run of this node among several; null when it is the only one. */
    @Nullable
    UUID node() {
        return node;
    }

    Catalog catalog() {
        return catalog;
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether this node looks after a server. */
    boolean isMine(UUID id) {
        LiveServer known = servers.get(id);
        return known != null && known.mine;
    }

    /** A server, or null when there is none or it is retired. */
    @Nullable
    LiveServer find(UUID id) {
        LiveServer known = servers.get(id);
        if (known != null) {
            return known;
        }
        ServerRow row = catalog.read(handle -> ServerTable.byId(handle, id)).orElse(null);
        if (row == null || row.retired() != null) {
            return null;
        }
        Optional<DrillRow> drills = catalog.read(handle -> DrillTable.byId(handle, id));
        return servers.computeIfAbsent(id, key -> {
            LiveServer fresh = live(row, clock.instant());
            drills.ifPresent(fresh::drills);
            return fresh;
        });
    }

    /** A server that is there. */
    LiveServer get(UUID id) {
        LiveServer found = find(id);
        if (found == null) {
            throw Refusal.notFound("server");
        }
        return found;
    }

    /** All servers. */
    Collection<LiveServer> all() {
        return servers.values();
    }

    /** Reads a server again whose row was changed by somebody else than its agent. */
    void reload(UUID id) {
        LiveServer known = servers.get(id);
        ServerRow row = catalog.read(handle -> ServerTable.byId(handle, id)).orElse(null);
        if (row == null || row.retired() != null) {
            servers.remove(id);
        } else if (known == null) {
            find(id);
        } else {
            known.refresh(row, clock.instant());
        }
    }

    /** Reads all servers again. */
    void reloadAll() {
        Instant now = clock.instant();
        var there = new HashSet<UUID>();
        for (ServerRow row : catalog.<List<ServerRow>>read(ServerTable::active)) {
            there.add(row.id());
            LiveServer known = servers.putIfAbsent(row.id(), live(row, now));
            if (known != null) {
                known.refresh(row, now);
            }
        }
        servers.keySet().removeIf(id -> !there.contains(id) && catalog.read(handle -> ServerTable.byId(handle, id))
                .filter(row -> row.retired() == null).isEmpty());
    }

    /** The catalogue does not have the state of a server that is in memory: it is worked out and written again. */
    void forgetState(UUID id) {
        LiveServer known = servers.get(id);
        if (known != null) {
            synchronized (known) {
                known.reason = "?";
                known.drillUnwritten = true;
                known.stale = true;
            }
        }
    }

    /** A server is known to be alive, although it did not poll. */
    public void seen(UUID id) {
        LiveServer known = servers.get(id);
        if (known != null) {
            known.sign(clock.instant());
        }
    }

    /** Writes what agents have told since the last time. */
    public void flush() {
        Instant now = clock.instant();
        var rows = new ArrayList<ContactRow>();
        for (LiveServer server : servers.values()) {
            ContactRow row = server.mine ? server.takeContact(now) : null;
            if (row != null) {
                rows.add(row);
            }
        }
        for (int from = 0; from < rows.size(); from += BATCH) {
            write(rows.subList(from, Math.min(rows.size(), from + BATCH)));
        }
    }

    private void write(List<ContactRow> rows) {
        try {
            catalog.run(handle -> ServerTable.setContacts(handle, rows, node));
        } catch (RuntimeException e) {
            LOG.warn("what agents reported could not be written, and will be again", e);
            for (ContactRow row : rows) {
                LiveServer server = servers.get(row.id());
                if (server != null) {
                    server.contactNotWritten();
                }
            }
        }
    }

    /** Writes what is left. */
    @Deactivate
    @Override
    public void close() {
        flush();
    }
}
