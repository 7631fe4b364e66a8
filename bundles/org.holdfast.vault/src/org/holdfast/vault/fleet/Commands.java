package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.CommandRow;
import org.holdfast.vault.catalog.fleet.CommandTable;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.fleet.LiveServer.Pending;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What agents are told to do: given with every poll until acknowledged, also after a restart of the node, and never
 * begun after its time. Thread-safe.
 */
@Component(service = Commands.class)
public final class Commands {
    private final Catalog catalog;
    private final Clock clock;
    private final Presence presence;
    private final Signals signals;

    /** Takes all commands of the catalogue into memory. */
    @Activate
    public Commands(@Reference Catalog catalog, @Reference Clock clock, @Reference Presence presence,
            @Reference Signals signals) {
        this.catalog = catalog;
        this.clock = clock;
        this.presence = presence;
        this.signals = signals;
        sync();
    }

    /** Looks at the commands of all servers of this node again, which other nodes may have given. */
    void sync() {
        Map<UUID, Set<UUID>> before = new HashMap<>();
        for (LiveServer server : presence.all()) {
            if (server.mine) {
                synchronized (server) {
                    if (!server.commands.isEmpty()) {
                        before.put(server.id, Set.copyOf(server.commands.keySet()));
                    }
                }
            }
        }
        Map<UUID, List<CommandRow>> there = catalog.<List<CommandRow>>read(CommandTable::all).stream()
                .collect(Collectors.groupingBy(CommandRow::serverId));
        var concerned = new HashSet<>(before.keySet());
        concerned.addAll(there.keySet());
        for (UUID id : concerned) {
            LiveServer server = presence.find(id);
            if (server != null && server.mine) {
                take(server, before.getOrDefault(id, Set.of()), there.getOrDefault(id, List.of()));
            }
        }
    }

    /** Looks at the commands of a server again, and wakes its agent's poll. */
    void sync(LiveServer server) {
        Set<UUID> before;
        synchronized (server) {
            before = Set.copyOf(server.commands.keySet());
        }
        take(server, before, catalog.<List<CommandRow>>read(handle -> CommandTable.of(handle, server.id)));
    }

    /** What came into memory while the catalogue was read stays. */
    void take(LiveServer server, Set<UUID> before, List<CommandRow> rows) {
        boolean news = false;
        synchronized (server) {
            Set<UUID> there = rows.stream().map(CommandRow::id).collect(Collectors.toSet());
            server.commands.entrySet().removeIf(entry -> entry.getValue().stored && before.contains(entry.getKey())
                    && !there.contains(entry.getKey()));
            for (CommandRow row : rows) {
                if (!server.commands.containsKey(row.id())) {
                    server.commands.put(row.id(),
                            new Pending(Wire.read(row.body(), Command.class), row.jobId(), true));
                    news = true;
                }
                server.commandSequence = Math.max(server.commandSequence, row.seq());
            }
        }
        if (news) {
            signals.wake(server.signal());
        }
    }

    /** Tells an agent to ask for a new certificate at once. */
    public void renewCertificate(UUID server) {
        LiveServer live = presence.get(server);
        Command command = Command.job(UUID.randomUUID().toString(), CommandKind.RENEW_CERTIFICATE,
                clock.instant().plus(Duration.ofDays(7)), null);
        catalog.run(handle -> store(handle, live, command, null));
        give(live, new Pending(command, null, true));
    }

    /** Writes a command; {@link #give} follows when the transaction has been committed. */
    void store(Handle handle, LiveServer server, Command command, @Nullable UUID job) {
        long sequence;
        synchronized (server) {
            sequence = server.mine ? ++server.commandSequence : 0;
        }
        if (sequence == 0) {
            sequence = 1 + CommandTable.of(handle, server.id).stream().mapToLong(CommandRow::seq).max().orElse(0);
        }
        CommandTable.insert(handle, new CommandRow(UUID.fromString(command.id()), server.id, sequence, command.kind(),
                job, Json.text(command), clock.instant(), command.expires()));
    }

    /** Gives a command to the agent with its next poll, which is woken. */
    void give(LiveServer server, Pending pending) {
        if (server.mine) {
            synchronized (server) {
                server.commands.put(UUID.fromString(pending.command.id()), pending);
            }
        }
        signals.signal(server.signal());
    }

    /** The agent has taken commands and keeps them; those that were still open. {@link #settle} follows. */
    List<Pending> acknowledge(LiveServer server, Collection<String> ids) {
        var taken = new ArrayList<Pending>();
        synchronized (server) {
            for (String id : ids) {
                UUID key = Wire.idOrNull(id);
                Pending pending = key == null ? null : server.commands.remove(key);
                if (pending != null) {
                    taken.add(pending);
                }
            }
        }
        return taken;
    }

    /** Forgets commands that agents have taken. */
    void settle(List<Pending> taken) {
        List<UUID> stored = taken.stream().filter(pending -> pending.stored)
                .map(pending -> UUID.fromString(pending.command.id())).toList();
        if (!stored.isEmpty()) {
            catalog.run(handle -> CommandTable.delete(handle, stored));
        }
    }

    /** Takes a command back unless the agent was told of it already; whether that was possible. */
    boolean withdraw(LiveServer server, UUID job, CommandKind kind) {
        UUID found = null;
        synchronized (server) {
            for (var entry : server.commands.entrySet()) {
                Pending pending = entry.getValue();
                if (job.equals(pending.job) && pending.command.what() == kind && pending.toldAt == null) {
                    found = entry.getKey();
                }
            }
            if (found != null) {
                server.commands.remove(found);
            }
        }
        UUID id = found;
        if (id != null) {
            catalog.run(handle -> CommandTable.delete(handle, List.of(id)));
        }
        return id != null;
    }

    /** Whether the agent is still to be told something about a job. */
    boolean isPending(LiveServer server, UUID job, CommandKind kind) {
        if (!server.mine) {
            return catalog.<List<CommandRow>>read(handle -> CommandTable.of(handle, server.id)).stream()
                    .anyMatch(row -> job.equals(row.jobId()) && CommandKind.of(row.kind()) == kind);
        }
        synchronized (server) {
            return server.commands.values().stream()
                    .anyMatch(pending -> job.equals(pending.job) && pending.command.what() == kind);
        }
    }

    /** Forgets everything about a job that has ended. */
    void forget(LiveServer server, UUID job) {
        var gone = new ArrayList<UUID>();
        synchronized (server) {
            server.commands.entrySet().removeIf(entry -> {
                boolean about = job.equals(entry.getValue().job);
                if (about && entry.getValue().stored) {
                    gone.add(entry.getKey());
                }
                return about;
            });
        }
        if (!gone.isEmpty()) {
            catalog.run(handle -> CommandTable.delete(handle, gone));
        }
    }

    /** Forgets a command that was never stored. */
    void drop(LiveServer server, UUID command) {
        synchronized (server) {
            server.commands.remove(command);
        }
    }

    /** Forgets the commands of a server whose time is over; they are returned. */
    List<Pending> expire(LiveServer server, Instant now) {
        var over = new ArrayList<Pending>();
        var stored = new ArrayList<UUID>();
        synchronized (server) {
            if (server.commands.isEmpty()) {
                return List.of();
            }
            server.commands.entrySet().removeIf(entry -> {
                boolean late = !now.isBefore(entry.getValue().command.expires());
                if (late) {
                    over.add(entry.getValue());
                    if (entry.getValue().stored) {
                        stored.add(entry.getKey());
                    }
                }
                return late;
            });
        }
        if (!stored.isEmpty()) {
            catalog.run(handle -> CommandTable.delete(handle, stored));
        }
        return over;
    }
}
