package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;

/**
 * The parts of the fleet put together without a service registry. Nothing is looked after until a test calls
 * {@link FleetEngine#tick()}.
 */
public final class FleetParts implements AutoCloseable {
    private final Vaults vaults;
    private final Presence presence;
    private final ServerRegistry registry;
    private final Servers servers;
    private final Policies policies;
    private final PolicyPreviews previews;
    private final Commands commands;
    private final JobBook book;
    private final JobReports reports;
    private final Jobs jobs;
    private final Alerts alerts;
    private final Asks asks;
    private final Polls polls;
    private final RecoveryPoints points;
    private final Expiries expiries;
    private final FleetEngine engine;

    /**
     * Puts them together.
     *
     * @param version of this program
     * @param room of the store; gives null when it cannot be told
     * @param certificateEnd when the certificate of the node ends
     */
    public FleetParts(String version, Catalog catalog, Clock clock, Signals signals, EventBus bus,
            Supplier<Expiries.@Nullable Room> room, Supplier<Instant> certificateEnd) {
        vaults = new Vaults(catalog, clock);
        presence = new Presence(catalog, clock);
        var views = new ServerViews(presence);
        var news = new ServerNews(catalog, bus, views);
        registry = new ServerRegistry(catalog, clock, presence, news);
        var resolver = new PolicyResolver(catalog);
        policies = new Policies(catalog, clock, vaults, presence, resolver, signals, bus);
        previews = new PolicyPreviews(clock);
        alerts = new Alerts(catalog, clock, bus);
        commands = new Commands(catalog, clock, presence, signals);
        book = new JobBook(catalog, clock, vaults, presence, commands, signals, bus,
                new JobConsequences(catalog, alerts, resolver));
        reports = new JobReports(catalog, clock, presence, book, resolver);
        jobs = new Jobs(catalog, clock, presence, book, commands, resolver);
        servers = new Servers(catalog, clock, presence, views, news, policies, resolver, reports, alerts, signals);
        asks = new Asks(clock, presence, commands, signals);
        polls = new Polls(clock, presence, resolver, commands, reports, book);
        points = new RecoveryPoints(catalog, bus, alerts, views, clock);
        expiries = new Expiries(catalog, clock, alerts, room, certificateEnd);
        engine = new FleetEngine(version, catalog, clock, presence, resolver, commands, book, reports, alerts, news);
    }

    /** Vaults. */
    public Vaults vaults() {
        return vaults;
    }

    /** Servers in memory. */
    public Presence presence() {
        return presence;
    }

    /** Servers as registration sees them. */
    public ServerRegistry registry() {
        return registry;
    }

    /** Servers as people see them. */
    public Servers servers() {
        return servers;
    }

    /** Policies. */
    public Policies policies() {
        return policies;
    }

    /** Previews of policies. */
    public PolicyPreviews previews() {
        return previews;
    }

    /** Commands for agents. */
    public Commands commands() {
        return commands;
    }

    /** What agents tell of jobs. */
    public JobReports reports() {
        return reports;
    }

    /** Jobs as people see them. */
    public Jobs jobs() {
        return jobs;
    }

    /** Alerts. */
    public Alerts alerts() {
        return alerts;
    }

    /** Questions to agents. */
    public Asks asks() {
        return asks;
    }

    /** Polls of agents. */
    public Polls polls() {
        return polls;
    }

    /** Recovery points. */
    public RecoveryPoints points() {
        return points;
    }

    /** What runs out. */
    public Expiries expiries() {
        return expiries;
    }

    /** Looks after all of it. */
    public FleetEngine engine() {
        return engine;
    }

    /** Writes what is in memory only. */
    @Override
    public void close() {
        book.close();
        presence.close();
    }
}
