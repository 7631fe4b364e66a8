package org.holdfast.vault.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.Keeper;
import org.holdfast.vault.data.SessionService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies retention where a new backup has been made, about once a day for each server and one server after the other,
 * and lets the data path tidy up. Points of retired servers and of servers without a policy stay. One caller at a time.
 */
@Component(service = Housekeeping.class)
public final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    /** A little less than a day, so that a daily backup is followed by retention each day. */
    private static final Duration PAUSE = Duration.ofHours(20);
    /** After a start the node has other things to do. */
    private static final Duration AFTER_START = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Clock clock;
    private final Presence presence;
    private final PolicyResolver policies;
    private final Alerts alerts;
    private final Work work;
    private final Map<UUID, Instant> retained = new ConcurrentHashMap<>();
    private final Instant started;
    private Instant tidied;

    /** What is done to the data. */
    public interface Work {
        /** Applies retention to a server. */
        void retain(UUID server, RetentionRule rule, ZoneId zone, Instant now, CancelToken cancel) throws IOException;

        /** Tidies up, once a day. */
        void tidy(CancelToken cancel);
    }

    /** For the service registry. */
    @Activate
    public Housekeeping(@Reference Clock clock, @Reference Presence presence, @Reference PolicyResolver policies,
            @Reference Alerts alerts, @Reference Keeper keeper, @Reference SessionService sessions,
            @Reference CommitService commits) {
        this(clock, presence, policies, alerts, new Work() {
            @Override
            public void retain(UUID server, RetentionRule rule, ZoneId zone, Instant now, CancelToken cancel)
                    throws IOException {
                keeper.retain(server, rule, zone, now, false, cancel);
            }

            @Override
            public void tidy(CancelToken cancel) {
                sessions.tidy();
                commits.reconcileAll(cancel);
            }
        });
    }

    /** @param work what is done to the data */
    public Housekeeping(Clock clock, Presence presence, PolicyResolver policies, Alerts alerts, Work work) {
        this.clock = clock;
        this.presence = presence;
        this.policies = policies;
        this.alerts = alerts;
        this.work = work;
        this.started = clock.instant();
        this.tidied = started;
    }

    /** Does what is due; returns early when cancelled. */
    public void look(CancelToken cancel) {
        for (LiveServer server : presence.all()) {
            Instant now = clock.instant();
            Policy policy = isDue(server, now) ? policies.resolve(server).policy() : null;
            if (policy != null) {
                retain(server, policy, now, cancel);
            }
            if (cancel.isCancelled()) {
                return;
            }
        }
        Instant now = clock.instant();
        if (Duration.between(tidied, now).abs().compareTo(DAY) >= 0) {
            tidied = now;
            work.tidy(cancel);
        }
    }

    private boolean isDue(LiveServer server, Instant now) {
        Instant backup;
        synchronized (server) {
            backup = server.lastBackup;
        }
        Instant last = retained.get(server.id);
        if (backup == null || Duration.between(started, now).compareTo(AFTER_START) < 0) {
            return false;
        }
        return last == null || backup.isAfter(last) && Duration.between(last, now).compareTo(PAUSE) >= 0;
    }

    private void retain(LiveServer server, Policy policy, Instant now, CancelToken cancel) {
        String failure = null;
        try {
            work.retain(server.id, policy.retention(), zone(server, policy), now, cancel);
        } catch (HoldfastException e) {
            if (e.problem() == Problem.CANCELLED) {
                return;
            }
            failure = e.getMessage();
            LOG.warn("retention of server {} failed", server.id, e);
        } catch (IOException | RuntimeException e) {
            failure = "The store could not be read or written.";
            LOG.warn("retention of server {} failed", server.id, e);
        }
        retained.put(server.id, now);
        tell(server, failure);
    }

    private void tell(LiveServer server, @Nullable String failure) {
        String subject = "retain";
        if (failure == null) {
            alerts.settle(AlertKind.JOB_FAILED, server.id, subject);
            return;
        }
        String name;
        synchronized (server) {
            name = server.name;
        }
        alerts.raise(new Finding(AlertKind.JOB_FAILED, Severity.WARNING, server.vaultId, server.id, subject,
                "Retention of " + name + " failed: " + failure, "Nothing is lost; old points stay until it works.",
                null));
    }

    private static ZoneId zone(LiveServer server, Policy policy) {
        var plan = policy.plan();
        return plan == null || plan.zone().isEmpty() ? server.zoneId() : ZoneId.of(plan.zone());
    }
}
