package org.holdfast.vault.data;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.engine.KeeperVault;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.DeletedPoints;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes anew what the catalogue has lost, from the store alone: vaults, servers, policies, pins, recovery points and
 * index segments. Only what is not known is added, so doing it again, or without need, changes nothing. Accounts, jobs,
 * alerts, certificates and the audit are not in the store.
 */
@Component(service = Rebuild.class)
public final class Rebuild {
    /** So long retention leaves points alone that were found: people have to look first. */
    static final Duration GRACE = Duration.ofDays(30);
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int SOFT_DELETE_DAYS = 30;

    private final Catalog catalog;
    private final ServerStores stores;
    private final CommitService commits;
    private final Clock clock;

    /** Takes what it works with. */
    @Activate
    public Rebuild(@Reference Catalog catalog, @Reference ServerStores stores, @Reference CommitService commits,
            @Reference Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * What was found and added.
     *
     * @param servers that were added
     * @param points recovery points that were entered
     * @param packs that were described anew in the index
     * @param failed ids of servers whose objects cannot be made out
     */
    public record Outcome(List<UUID> servers, int points, int packs, List<String> failed) {
    }

    /** Adds everything that the store has and the catalogue has not. */
    public Outcome run() throws IOException {
        List<UUID> servers = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        int points = 0;
        int packs = 0;
        for (ServerStores.Place place : stores.places()) {
            try {
                boolean added = add(place, servers);
                int entered = commits.reconcile(place.vault(), place.server());
                if (added) {
                    finish(place);
                    packs += mend(place);
                }
                points += entered;
            } catch (IOException | HoldfastException e) {
                LOG.warn("server {} cannot be made out", place.server(), e);
                failed.add(place.server().toString());
            }
        }
        return new Outcome(List.copyOf(servers), points, packs, List.copyOf(failed));
    }

    private boolean add(ServerStores.Place place, List<UUID> servers) throws IOException {
        boolean known = catalog.<Boolean>read(h -> ServerTable.byId(h, place.server()).isPresent()
                && DataServers.find(h, place.server()).isPresent());
        if (known) {
            return false;
        }
        try (ServerStore store = stores.open(place.vault(), place.server())) {
            KeeperVault keeper = store.keeper();
            String domain = HexFormat.of().formatHex(keeper.domainId());
            String key = HexFormat.of().formatHex(keeper.publicKey());
            StoreFacts facts = FactsKeeper.read(store.store()).orElse(null);
            long[] bytes = { 0 };
            store.store().list("", info -> bytes[0] += info.size());
            catalog.run(h -> {
                vault(h, place.vault(), facts == null ? null : facts.vault());
                if (ServerTable.byId(h, place.server()).isEmpty()) {
                    ServerTable.insert(h, server(place, facts, policy(h, place.vault(), facts)));
                }
                DataServers.ensure(h, place.server(), place.vault());
                DataServers.setDomain(h, place.server(), domain, key);
                DataServers.addUsed(h, place.server(), bytes[0]);
            });
        }
        servers.add(place.server());
        return true;
    }

    private void vault(Handle h, UUID id, StoreFacts.@Nullable VaultFacts facts) {
        if (VaultTable.byId(h, id).isPresent()) {
            return;
        }
        String spare = "recovered-" + id.toString().substring(0, 8);
        String name = facts == null || VaultTable.byName(h, facts.name()).isPresent() ? spare : facts.name();
        VaultTable.insert(h, facts == null
                // Nobody knows what was promised, so nothing is let go.
                ? new VaultRow(id, name, "", "", "", "{}", "local", "on", SOFT_DELETE_DAYS, false, null,
                        clock.instant(), 1, null)
                : new VaultRow(id, name, facts.region(), facts.resourceGroup(), facts.subscription(), facts.tags(),
                        facts.redundancy(), facts.immutability(), facts.softDeleteDays(), facts.softDeleteAlways(),
                        null, facts.created(), 1, facts.quotaBytes()));
    }

    private @Nullable UUID policy(Handle h, UUID vault, @Nullable StoreFacts facts) {
        StoreFacts.PolicyFacts policy = facts == null ? null : facts.policy();
        if (policy == null) {
            return null;
        }
        UUID there = PolicyTable.byName(h, vault, policy.name()).map(PolicyRow::id).orElse(null);
        if (there != null) {
            return there;
        }
        UUID id = UUID.randomUUID();
        PolicyTable.insert(h, new PolicyRow(id, vault, policy.name(), 1, policy.document(), clock.instant(),
                "rebuild"));
        return id;
    }

    private ServerRow server(ServerStores.Place place, @Nullable StoreFacts facts, @Nullable UUID policy) {
        Instant now = clock.instant();
        StoreFacts.ServerFacts s = facts == null ? null : facts.server();
        if (s == null) {
            return new ServerRow(place.server(), place.vault(), "recovered-" + place.server().toString().substring(0,
                    8), "", place.server().toString(), "[]", "", "", "", "", "", "{}", "{}", null, null, "none", "",
                    null, "retired", "", now, now, now, null, null, null, null, 0, null, null, null, null, null, 0, 0,
                    1);
        }
        return new ServerRow(place.server(), place.vault(), s.name(), s.hostname(), s.machineId(), "[]", s.os(),
                s.zone(), "", "", s.tags(), s.labels(), s.items(), policy, policy, policy == null ? "none" : "server",
                "", null, s.retired() == null ? "unprotected" : "retired", "", s.created(), s.registered(),
                s.retired(), null, null, null, null, 0, s.domainId(), s.publicKey(), s.intakeKey(), s.intakeProof(),
                s.keyHolder(), 0, 0, 1);
    }

    /** Pins, and some time for people to look before retention does. */
    private void finish(ServerStores.Place place) throws IOException {
        StoreFacts facts;
        try (ServerStore store = stores.open(place.vault(), place.server())) {
            facts = FactsKeeper.read(store.store()).orElse(null);
        }
        Instant keep = clock.instant().plus(GRACE);
        catalog.run(h -> {
            for (PointRow point : Points.of(h, place.server())) {
                DeletedPoints.keep(h, place.server(), point.name(), keep);
            }
            if (facts != null) {
                facts.pins().forEach(pin -> Points.setPin(h, place.server(), pin.point(),
                        new PointPin(pin.since(), pin.until(), pin.by(), pin.remark())));
            }
            ServerTable.recount(h, place.server());
        });
    }

    private int mend(ServerStores.Place place) throws IOException {
        try (ServerStore store = stores.open(place.vault(), place.server())) {
            return store.keeper().mendIndex();
        }
    }
}
