package org.holdfast.vault.data;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.SessionRow;
import org.holdfast.vault.catalog.data.Sessions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Who may write to a server's objects right now. Each session has a fencing token that is larger than those before it.
 * A new run of the agent ends the sessions of earlier runs, so that a process that was only thought dead, or a copy of
 * the machine, can write nothing any more. A session that was quiet for longer than its lease goes on when its agent
 * comes back before another run does: a network that was away for long is no reason to begin anew.
 */
@Component(service = SessionService.class)
public final class SessionService {
    /** How long a session lasts from the last call in it. */
    public static final Duration LEASE = Duration.ofMinutes(10);
    /** A session nobody was heard in for so long is over for good. */
    static final Duration GIVEN_UP = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofDays(30);
    /** The time of the last call is written so often, no matter how many calls there are. */
    private static final Duration PRECISION = Duration.ofSeconds(30);
    private static final Pattern HEADER = Pattern.compile("([0-9a-fA-F-]{36}):([0-9]{1,18})");
    private static final String FENCED = "fenced";
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,19}");

    private final Catalog catalog;
    private final Clock clock;

    /** Takes what it works with. */
    @Activate
    public SessionService(@Reference Catalog catalog, @Reference Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Opens a session. */
    public SessionOpened open(UUID vault, UUID server, OpenSession request) {
        String boot = request.bootId() == null ? "" : request.bootId();
        if (boot.isBlank() || boot.length() > 100) {
            throw Refusal.invalid("bootId", "The run of the agent has 1 to 100 characters.");
        }
        String purpose = request.purpose() == null ? "backup" : request.purpose();
        if (!WORD.matcher(purpose).matches()) {
            throw Refusal.invalid("purpose", "The purpose is one word.");
        }
        String job = request.job();
        if (job != null && job.length() > 36) {
            throw Refusal.invalid("job", "The id of a job has at most 36 characters.");
        }
        UUID id = UUID.randomUUID();
        long fence = catalog.write(h -> {
            Instant now = clock.instant();
            DataServers.ensure(h, server, vault);
            long next = DataServers.lock(h, server).orElseThrow().fence() + 1;
            DataServers.setFence(h, server, next);
            Sessions.fenceOff(h, server, boot, now);
            Sessions.insert(h, new SessionRow(id, server, next, boot, job, purpose, now, now, null, null, null));
            return next;
        });
        return new SessionOpened(id.toString(), fence, LEASE.toSeconds(), clock.instant());
    }

    /**
     * Makes sure that a call belongs to a session that holds, and renews its lease.
     *
     * @param header value of {@value SessionOpened#HEADER}, empty when there was none
     * @throws Refusal with the code {@code session-lost} when it does not hold
     */
    public SessionRow require(UUID server, String header) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw new Refusal(Refusal.Kind.INVALID, "session-needed",
                    "Writing needs the header " + SessionOpened.HEADER + " of an open session.", "Open a session.");
        }
        UUID id = UUID.fromString(parts.group(1));
        SessionRow row = catalog.read(h -> Sessions.find(h, id)).orElse(null);
        if (row != null && row.server().equals(server) && FENCED.equals(row.ending())) {
            throw new Refusal(Refusal.Kind.CONFLICT, "session-lost",
                    "Another run of this server's agent has taken over, here or on a copy of the machine.",
                    "When it happens again and again, two machines share one identity: register the copy with"
                            + " --new-machine.");
        }
        if (row == null || !row.server().equals(server) || row.ended() != null
                || row.fence() != Long.parseLong(parts.group(2))) {
            throw lost();
        }
        Instant now = clock.instant();
        if (Duration.between(row.renewed(), now).compareTo(PRECISION) > 0
                && !catalog.write(h -> Sessions.renew(h, id, now))) {
            throw lost();
        }
        return row;
    }

    private static Refusal lost() {
        return new Refusal(Refusal.Kind.CONFLICT, "session-lost",
                "The session has ended: it was closed, or nobody was heard in it for a day.",
                "Open a new session; what was stored is used again.");
    }

    /** Ends a session; ended ones stay as they are. */
    public void close(UUID server, UUID id) {
        catalog.run(h -> {
            if (Sessions.find(h, id).filter(s -> s.server().equals(server)).isEmpty()) {
                throw Refusal.notFound("session");
            }
            Sessions.end(h, id, "closed", clock.instant());
        });
    }

    /** Ends what nobody was heard in for a day, and forgets what ended a month ago; to be called now and then. */
    public void tidy() {
        Instant now = clock.instant();
        catalog.run(h -> {
            Sessions.expire(h, now.minus(GIVEN_UP), now);
            Sessions.forget(h, now.minus(KEPT));
        });
    }
}
