package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.fleet.LiveServer.Pending;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.nodes.AskTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Passes sealed questions to agents and their sealed answers back; the node can read neither, and keeps them only while
 * somebody waits. Thread-safe.
 */
@Component(service = Asks.class)
public final class Asks {
    /** How long somebody waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 32;
    private static final int MOST_OF_A_SERVER = 8;

    private final Clock clock;
    private final Presence presence;
    private final Commands commands;
    private final Signals signals;
    private final ConcurrentMap<UUID, Ask> open = new ConcurrentHashMap<>();

    /** Nobody asks yet. */
    @Activate
    public Asks(@Reference Clock clock, @Reference Presence presence, @Reference Commands commands,
            @Reference Signals signals) {
        this.clock = clock;
        this.presence = presence;
        this.commands = commands;
        this.signals = signals;
    }

    /**
     * Passes a question on; {@link #end} follows whatever happens.
     *
     * @throws Refusal of kind UNAVAILABLE (code {@code server-not-connected}), or TOO_MANY
     */
    public Ask begin(UUID vault, String server, byte[] sealed) {
        LiveServer live = presence.get(Wire.id(server, "server"));
        if (!live.vaultId.equals(vault)) {
            throw Refusal.notFound("server");
        }
        if (sealed.length == 0 || sealed.length > AskOrder.MAX_BYTES) {
            throw new Refusal(Kind.TOO_LARGE, "too-large",
                    "A question has 1 to " + AskOrder.MAX_BYTES + " bytes.", "");
        }
        if (live.mine) {
            synchronized (live) {
                if (live.state == ServerState.LOST || !live.registered || live.pollTurn == 0) {
                    throw away();
                }
            }
        } else {
            ServerRow row = presence.catalog().read(handle -> ServerTable.byId(handle, live.id)).orElse(null);
            if (row == null || row.registered() == null || row.lastContact() == null
                    || row.state().equals(Wire.of(ServerState.LOST))) {
                throw away();
            }
        }
        Ask ask = new Ask(UUID.randomUUID(), live, !live.mine);
        synchronized (open) {
            if (open.size() >= MOST
                    || open.values().stream().filter(o -> o.server == live).count() >= MOST_OF_A_SERVER) {
                throw new Refusal(Kind.TOO_MANY, "too-many-questions", "Too many questions wait for answers.",
                        "Try again in a moment.");
            }
            open.put(ask.id, ask);
        }
        if (ask.elsewhere) {
            Instant now = clock.instant();
            presence.catalog().run(handle -> AskTable.insert(handle, ask.id,
                    new AskTable.AskRow(live.id, sealed, now.plus(PATIENCE)), now));
            signals.signal("asked:" + ask.id);
        } else {
            give(live, ask.id, sealed, clock.instant().plus(PATIENCE));
        }
        return ask;
    }

    private void give(LiveServer server, UUID ask, byte[] sealed, Instant until) {
        commands.give(server, new Pending(Command.ask(ask.toString(), until, new AskOrder(sealed.clone())), null,
                false));
    }

    private static Refusal away() {
        return new Refusal(Kind.UNAVAILABLE, "server-not-connected", "The server is not connected.",
                "Read the recovery point directly, with the passphrase.");
    }

    /** Somebody at another node asks; nothing happens unless the agent polls this one. */
    void heard(UUID id) {
        AskTable.AskRow row = presence.catalog().read(handle -> AskTable.open(handle, id)).orElse(null);
        LiveServer live = row == null ? null : presence.find(row.server());
        if (row != null && live != null && live.mine) {
            give(live, id, row.sealed(), row.expires());
        }
    }

    /** Nobody waits any longer. */
    public void end(Ask ask) {
        open.remove(ask.id);
        commands.drop(ask.server, ask.id);
        if (ask.elsewhere) {
            presence.catalog().run(handle -> AskTable.delete(handle, ask.id));
        }
    }

    /**
     * An agent answers.
     *
     * @throws Refusal of kind GONE when nobody waits for it, and nothing says whether anybody ever did
     */
    public void answer(UUID server, String command, byte[] sealed) {
        UUID id = Wire.idOrNull(command);
        Ask ask = id == null ? null : open.get(id);
        if (id != null && presence.node() != null && (ask == null || ask.elsewhere)
                && sealed.length <= AskOrder.MAX_ANSWER_BYTES && presence.catalog()
                        .<Boolean>write(handle -> AskTable.answer(handle, id, server, sealed))) {
            signals.signal("ask:" + id);
            return;
        }
        if (ask == null || !ask.server.id.equals(server)) {
            throw new Refusal(Kind.GONE, "nobody-waits", "Nobody waits for that answer.", "");
        }
        if (sealed.length > AskOrder.MAX_ANSWER_BYTES) {
            throw new Refusal(Kind.TOO_LARGE, "too-large", "An answer has at most " + AskOrder.MAX_ANSWER_BYTES
                    + " bytes.", "Answer in pages.");
        }
        ask.answer = sealed;
        signals.signal(ask.signal());
    }

    /** The refusal when no answer came in time. */
    public static Refusal late() {
        return new Refusal(Kind.UNAVAILABLE, "agent-did-not-answer", "The agent did not answer within "
                + PATIENCE.toSeconds() + " seconds.", "Try again, or look at the agent's log.");
    }

    /** A question that somebody waits with. */
    public final class Ask {
        private final UUID id;
        private final LiveServer server;
        private final boolean elsewhere;
        private volatile byte @Nullable [] answer;

        private Ask(UUID id, LiveServer server, boolean elsewhere) {
            this.id = id;
            this.server = server;
            this.elsewhere = elsewhere;
        }

        /** Name of the signal that comes with the answer. */
        public String signal() {
            return "ask:" + id;
        }

        /** The answer, or null while there is none. */
        public byte @Nullable [] answer() {
            byte[] known = answer;
            if (known == null && elsewhere) {
                known = presence.catalog().read(handle -> AskTable.answer(handle, id)).orElse(null);
                answer = known;
            }
            return known;
        }
    }
}
