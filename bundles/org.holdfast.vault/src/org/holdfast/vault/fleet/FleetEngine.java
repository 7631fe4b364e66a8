package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.Severity;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.DrillRow;
import org.holdfast.vault.catalog.fleet.DrillTable;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.ServerTable.Standing;
import org.holdfast.vault.fleet.LiveServer.Pending;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the fleet: how each server stands, which are lost, which backups were missed, what has expired. Works by
 * its clock and only when {@link #tick} is called; one caller at a time.
 */
@Component(service = FleetEngine.class)
public final class FleetEngine {
    private static final Logger LOG = LoggerFactory.getLogger(FleetEngine.class);
    private static final int BATCH = 500;
    private static final Duration FLUSH_EVERY = Duration.ofSeconds(5);
    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(5);
    private static final Duration UNMUTE_EVERY = Duration.ofSeconds(30);
    private static final Duration TIDY_EVERY = Duration.ofHours(1);
    /** How long the history of jobs is kept. */
    private static final Duration HISTORY = Duration.ofDays(400);
    /** An agent may need a moment to follow a change. */
    private static final Duration DRIFT_BORNE = Duration.ofMinutes(5);

    private final Catalog catalog;
    private final Clock clock;
    private final Presence presence;
    private final PolicyResolver policies;
    private final Commands commands;
    private final JobBook book;
    private final JobReports reports;
    private final Alerts alerts;
    private final ServerNews news;
    private final AgentVersion newest;
    private @Nullable Instant flushed;
    private @Nullable Instant expired;
    private @Nullable Instant unmuted;
    private @Nullable Instant tidied;

    /** For the service registry; agents are measured by the version of this bundle. */
    @Activate
    public FleetEngine(@Reference Catalog catalog, @Reference Clock clock,
            @Reference Presence presence, @Reference PolicyResolver policies, @Reference Commands commands,
            @Reference JobBook book, @Reference JobReports reports, @Reference Alerts alerts,
            @Reference ServerNews news) {
        this(ProgramVersion.read(), catalog, clock, presence, policies, commands, book, reports,
                alerts, news);
    }

    /** @param version of this program; agents that are older are out of date */
    public FleetEngine(String version, Catalog catalog, Clock clock, Presence presence, PolicyResolver policies,
            Commands commands, JobBook book, JobReports reports, Alerts alerts, ServerNews news) {
        this.newest = AgentVersion.of(version);
        this.catalog = catalog;
        this.clock = clock;
        this.presence = presence;
        this.policies = policies;
        this.commands = commands;
        this.book = book;
        this.reports = reports;
        this.alerts = alerts;
        this.news = news;
    }

    /** Does what is due, as the only node. */
    public void tick() {
        tick(true);
    }

    /**
     * Does what is due.
     *
     * @param leads whether this node also does what one node does for all
     */
    void tick(boolean leads) {
        Instant now = clock.instant();
        boolean expire = isDue(expired, now, EXPIRE_EVERY);
        var changes = new Changes();
        for (LiveServer server : presence.all()) {
            if (!server.mine) {
                continue;
            }
            try {
                if (needsLook(server, now)) {
                    look(server, now, changes);
                }
                if (expire) {
                    for (Pending pending : commands.expire(server, now)) {
                        reports.expired(server, pending);
                    }
                }
            } catch (RuntimeException e) {
                LOG.warn("looking after server {} failed and will be tried again", server.id, e);
                synchronized (server) {
                    server.stale = true;
                }
            }
        }
        expired = expire ? now : expired;
        Changes.inBatches(changes.found, this::raise);
        Changes.inBatches(changes.gone, this::settle);
        // last, since it tells how many alerts a server has
        Changes.inBatches(changes.drills, this::writeDrills);
        Changes.inBatches(changes.standings, this::write);
        if (isDue(flushed, now, FLUSH_EVERY)) {
            flushed = now;
            presence.flush();
            book.flush();
        }
        if (leads && isDue(unmuted, now, UNMUTE_EVERY)) {
            unmuted = now;
            alerts.unmute();
        }
        if (leads && isDue(tidied, now, TIDY_EVERY)) {
            tidied = now;
            catalog.run(handle -> ServerTable.recount(handle));
            int gone = catalog.write(handle -> JobTable.deleteBefore(handle, now.minus(HISTORY)));
            LOG.debug("forgot {} jobs of long ago", gone);
        }
    }

    private static boolean isDue(@Nullable Instant last, Instant now, Duration pause) {
        // A clock that was set back must not stop everything until it has caught up.
        return last == null || now.isBefore(last) || Duration.between(last, now).compareTo(pause) >= 0;
    }

    private static boolean needsLook(LiveServer server, Instant now) {
        synchronized (server) {
            Instant risk = server.riskAt;
            Instant drifting = server.driftSince;
            return server.stale || server.twoTold && server.boots.two(now) == null || risk != null && !risk.isAfter(now)
                    || server.registered && server.state != ServerState.LOST
                            && Duration.between(server.lastSign, now).compareTo(Health.LOST) >= 0
                    || drifting != null && !server.driftTold
                            && Duration.between(drifting, now).compareTo(DRIFT_BORNE) >= 0;
        }
    }

    private void write(List<Standing> changes) {
        try {
            catalog.run(handle -> ServerTable.setStates(handle, changes, presence.node()));
            news.publish(changes.stream().map(Standing::id).toList());
        } catch (RuntimeException e) {
            LOG.warn("how servers stand could not be written", e);
            changes.forEach(change -> presence.forgetState(change.id()));
        }
    }

    private void writeDrills(List<DrillRow> changes) {
        try {
            catalog.run(handle -> DrillTable.setStates(handle, changes));
        } catch (RuntimeException e) {
            LOG.warn("how restore drills stand could not be written", e);
            changes.forEach(change -> presence.forgetState(change.serverId()));
        }
    }

    private void raise(List<Finding> findings) {
        try {
            alerts.raise(findings);
        } catch (RuntimeException e) {
            LOG.warn("alerts could not be raised", e);
            findings.forEach(finding -> lookAgain(finding.server()));
        }
    }

    private void settle(List<Finding> findings) {
        try {
            alerts.settle(findings.stream().map(Finding::cause).toList());
        } catch (RuntimeException e) {
            LOG.warn("alerts could not be closed", e);
            findings.forEach(finding -> lookAgain(finding.server()));
        }
    }

    private void lookAgain(@Nullable UUID id) {
        LiveServer server = id == null ? null : presence.find(id);
        if (server != null) {
            synchronized (server) {
                server.stale = true;
            }
        }
    }

    private void look(LiveServer server, Instant now, Changes changes) {
        AgentPolicy wanted = policies.resolve(server);
        boolean backingUp = book.of(server).stream().anyMatch(FleetEngine::isBackup);
        Health health;
        boolean changed;
        synchronized (server) {
            server.stale = false;
            DrillHealth drill = DrillHealth.of(server, wanted.policy(), now);
            health = drill.over(Health.of(server, wanted, backingUp, now), server.lastDrill);
            if (server.drillUnwritten || server.drillState != drill.state()
                    || !Objects.equals(server.drillSince, drill.since())) {
                changes.drills.add(new DrillRow(server.id, Wire.of(drill.state()), drill.since(), null));
                server.untold |= server.drillState != drill.state();
                server.drillState = drill.state();
                server.drillSince = drill.since();
                server.drillUnwritten = false;
            }
            changed = server.untold || server.state != health.state()
                    || !server.reason.equals(health.reason());
            server.state = health.state();
            server.reason = health.reason();
            server.riskAt = health.riskAt();
            server.missed = health.missed();
            server.untold = false;
        }
        if (changed) {
            changes.standings.add(new Standing(server.id, Wire.of(health.state()), Wire.clip(health.reason(), 500)));
        }
        if (health.state() == ServerState.LOST) {
            reports.lost(server);
        }
        alerts(server, health, now, changes);
    }

    private static boolean isBackup(LiveJob job) {
        synchronized (job) {
            return job.begun().kind().equals(Wire.of(JobKind.BACKUP))
                    && (job.state == JobState.RUNNING || job.state == JobState.PAUSED);
        }
    }

    private void alerts(LiveServer server, Health health, Instant now, Changes changes) {
        String name;
        String drift;
        String version;
        String two;
        boolean overdue;
        synchronized (server) {
            name = server.name;
            overdue = server.drillState == DrillState.OVERDUE;
            two = server.boots.two(now);
            server.twoTold = two != null;
            version = server.agentVersion;
            Instant since = server.driftSince;
            boolean drifting = since != null && Duration.between(since, now).compareTo(DRIFT_BORNE) >= 0;
            drift = drifting ? server.drift : null;
            server.driftTold = drifting;
        }
        tell(changes, health.state() == ServerState.LOST, Finding.server(AlertKind.SERVER_LOST, Severity.WARNING,
                server.vaultId, server.id, name + ": " + health.reason(),
                "Check that the server is on, its agent runs and it reaches the vault."));
        tell(changes, health.missed(),
                Finding.server(AlertKind.BACKUP_MISSED, Severity.CRITICAL, server.vaultId, server.id,
                        "A backup of " + name + " was due and was not made.",
                        "Look at the server's last jobs and at its agent."));
        tell(changes, overdue, Finding.server(AlertKind.DRILL_OVERDUE, Severity.WARNING, server.vaultId, server.id,
                name + " has not proved for too long that it can be restored.",
                "Look at the server's last restore drills, or start one now."));
        tell(changes, drift != null, Finding.server(AlertKind.POLICY_DRIFT, Severity.WARNING, server.vaultId, server.id,
                name + " does not follow its policy: " + drift, "Look at the agent's log."));
        tell(changes, two != null, Finding.server(AlertKind.IDENTITY_SHARED, Severity.CRITICAL, server.vaultId,
                server.id,
                "Two machines call as " + name + " in turns: " + two + ".",
                "Each ends the other's jobs (session-lost), so neither is protected. One has a copy of the other's"
                        + " disk: there, run 'holdfast-agent register --replace --new-machine'. If there should be one"
                        + " machine only, its certificate was stolen: revoke it and register the machine again."));
        tell(changes, AgentVersion.of(version).isOlderThan(newest),
                Finding.server(AlertKind.AGENT_OUTDATED, Severity.INFO,
                        server.vaultId, server.id,
                        name + " has version " + version + " of the agent; the vault has " + newest
                                + ".",
                        "Upgrade the agent."));
    }

    private void tell(Changes changes, boolean holds, Finding finding) {
        if (holds != alerts.isOpen(finding.cause())) {
            (holds ? changes.found : changes.gone).add(finding);
        }
    }

    /** What a look at all servers has found; many of a kind at once when a network fails or a policy is new. */
    private static final class Changes {
        private final List<Standing> standings = new ArrayList<>();
        private final List<DrillRow> drills = new ArrayList<>();
        private final List<Finding> found = new ArrayList<>();
        private final List<Finding> gone = new ArrayList<>();

        private static <T> void inBatches(List<T> all, Consumer<List<T>> work) {
            for (int from = 0; from < all.size(); from += BATCH) {
                work.accept(all.subList(from, Math.min(all.size(), from + BATCH)));
            }
        }
    }
}
