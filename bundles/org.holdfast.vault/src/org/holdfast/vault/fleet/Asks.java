package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
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
        synchronized (live) {
            if (live.state == ServerState.LOST || !live.registered || live.pollTurn == 0) {
                throw new Refusal(Kind.UNAVAILABLE, "server-not-connected", "The server is not connected.",
                        "Read the recovery point directly, with the passphrase.");
            }
        }
        Ask ask = new Ask(UUID.randomUUID(), live);
        synchronized (open) {
            if (open.size() >= MOST
                    || open.values().stream().filter(o -> o.server == live).count() >= MOST_OF_A_SERVER) {
                throw new Refusal(Kind.TOO_MANY, "too-many-questions", "Too many questions wait for answers.",
                        "Try again in a moment.");
            }
            open.put(ask.id, ask);
        }
        commands.give(live, new Pending(Command.ask(ask.id.toString(), clock.instant().plus(PATIENCE),
                new AskOrder(sealed.clone())), null, false));
        return ask;
    }

    /** Nobody waits any longer. */
    public void end(Ask ask) {
        open.remove(ask.id);
        commands.drop(ask.server, ask.id);
    }

    /**
     * An agent answers.
     *
     * @throws Refusal of kind GONE when nobody waits for it, and nothing says whether anybody ever did
     */
    public void answer(UUID server, String command, byte[] sealed) {
        UUID id = Wire.idOrNull(command);
        Ask ask = id == null ? null : open.get(id);
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
    public static final class Ask {
        private final UUID id;
        private final LiveServer server;
        private volatile byte @Nullable [] answer;

        private Ask(UUID id, LiveServer server) {
            this.id = id;
            this.server = server;
        }

        /** Name of the signal that comes with the answer. */
        public String signal() {
            return "ask:" + id;
        }

        /** The answer, or null while there is none. */
        public byte @Nullable [] answer() {
            return answer;
        }
    }
}
