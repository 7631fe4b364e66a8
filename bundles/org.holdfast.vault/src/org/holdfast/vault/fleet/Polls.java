package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The long polls of agents, which are their heartbeats: a poll costs no statement unless it acknowledges something.
 * Thread-safe.
 */
@Component(service = Polls.class)
public final class Polls {
    /** The longest that a poll waits. */
    public static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_WORDS = 1000;

    private final Clock clock;
    private final Presence presence;
    private final PolicyResolver policies;
    private final Commands commands;
    private final JobReports reports;
    private final JobBook book;

    /** Polls of the servers in memory. */
    @Activate
    public Polls(@Reference Clock clock, @Reference Presence presence, @Reference PolicyResolver policies,
            @Reference Commands commands, @Reference JobReports reports, @Reference JobBook book) {
        this.clock = clock;
        this.presence = presence;
        this.policies = policies;
        this.commands = commands;
        this.reports = reports;
        this.book = book;
    }

    /**
     * Takes down what an agent says with its poll.
     *
     * @throws Refusal of kind CONFLICT (code {@code registration-incomplete}) before the registration is complete
     */
    public Poll begin(UUID server, PollRequest said) {
        LiveServer live = presence.get(server);
        book.take(live);
        if (said.ack().size() > MOST_WORDS || said.running().size() > MOST_WORDS) {
            throw Refusal.invalid("running", "A poll names at most " + MOST_WORDS + " jobs and commands.");
        }
        synchronized (live) {
            if (!live.registered) {
                throw new Refusal(Kind.CONFLICT, "registration-incomplete", "The registration is not complete.",
                        "Complete it, or register again.");
            }
        }
        long turn = live.contact(said, clock.instant());
        if (!said.ack().isEmpty()) {
            var taken = commands.acknowledge(live, said.ack());
            reports.taken(taken);
            commands.settle(taken);
        }
        reports.running(live, said.bootId(), said.running());
        return new Poll(live, turn, Wire.plain(said.bootId(), 64),
                Duration.ofSeconds(Math.clamp(said.waitSeconds(), 0, LONGEST.toSeconds())));
    }

    /** A poll that waits for its answer. */
    public final class Poll {
        private final LiveServer server;
        private final long turn;
        private final String boot;
        private final Duration patience;

        private Poll(LiveServer server, long turn, String boot, Duration patience) {
            this.server = server;
            this.turn = turn;
            this.boot = boot;
            this.patience = patience;
        }

        /** Name of the signal after which to look again. */
        public String signal() {
            return server.signal();
        }

        /** How long to wait at most. */
        public Duration patience() {
            return patience;
        }

        /** The answer when there is something to say, or when a later poll has taken this one's place; else null. */
        public @Nullable PollAnswer answerOrNull() {
            Instant now = clock.instant();
            if (!server.mine) {
                // Another node has something for it and cannot say so here; it comes back and takes the server along.
                return nothing();
            }
            synchronized (server) {
                if (server.pollTurn != turn) {
                    // Of one run the connection was broken, and nobody waits here any more. Two machines with one
                    // identity must not answer each other's polls, or they would poll without pause.
                    return server.bootId.equals(boot) ? nothing() : null;
                }
            }
            AgentPolicy wanted = policies.resolve(server);
            Set<String> watch = watched(now);
            synchronized (server) {
                boolean policy = server.owesPolicy(wanted, now);
                List<Command> due = server.due(now);
                if (!policy && due.isEmpty() && watch.equals(server.toldToWatch)) {
                    return null;
                }
                if (policy) {
                    server.policyTold(wanted, now);
                }
                server.told(due, now);
                server.toldToWatch = watch;
                return new PollAnswer(now, policy ? wanted : null, due, List.copyOf(watch));
            }
        }

        /** The answer when the time is over. */
        public PollAnswer nothing() {
            Instant now = clock.instant();
            return new PollAnswer(now, null, List.of(), new ArrayList<>(watched(now)));
        }

        private Set<String> watched(Instant now) {
            List<LiveJob> jobs = book.of(server);
            if (jobs.isEmpty()) {
                return Set.of();
            }
            var watched = new TreeSet<String>();
            for (LiveJob job : jobs) {
                synchronized (job) {
                    if (job.isWatched(now)) {
                        watched.add(job.id.toString());
                    }
                }
            }
            return watched;
        }
    }
}
