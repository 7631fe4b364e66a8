package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.data.internal.Hashes;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps beside the objects of each server what the catalogue knows of it. One caller at a time. */
@Component(service = FactsKeeper.class)
public final class FactsKeeper {
    /** Prefix of the objects, each named by the SHA-256 of its bytes; the newest one holds. */
    static final String FACTS = "facts/";
    private static final Logger LOG = LoggerFactory.getLogger(FactsKeeper.class);
    private static final int LARGEST = 1 << 20;

    private final Catalog catalog;
    private final ServerStores stores;
    private final Clock clock;
    /** What was written last, so that nothing is asked of stores when nothing has changed. */
    private final Map<UUID, String> written = new ConcurrentHashMap<>();

    /** Takes what it works with. */
    @Activate
    public FactsKeeper(@Reference Catalog catalog, @Reference ServerStores stores, @Reference Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.clock = clock;
    }

    /** Writes what has changed. */
    public void round(CancelToken cancel) {
        for (DataServerRow row : catalog.read(DataServers::all)) {
            cancel.check();
            StoreFacts facts = catalog.read(h -> facts(h, row));
            if (facts != null) {
                try {
                    write(row, Json.bytes(facts));
                } catch (IOException | RuntimeException e) {
                    LOG.warn("what is known of server {} cannot be kept in its store yet", row.server(), e);
                }
            }
        }
    }

    private @Nullable StoreFacts facts(Handle handle, DataServerRow row) {
        VaultRow v = VaultTable.byId(handle, row.vault()).orElse(null);
        ServerRow s = ServerTable.byId(handle, row.server()).orElse(null);
        if (v == null || s == null || s.registered() == null) {
            return null;
        }
        UUID held = s.effectivePolicy();
        var policy = held == null ? null
                : PolicyTable.byId(handle, held).map(p -> new StoreFacts.PolicyFacts(p.name(), p.document()))
                        .orElse(null);
        List<StoreFacts.PinFacts> pins = new ArrayList<>();
        Points.of(handle, row.server()).forEach(point -> {
            PointPin pin = point.pin();
            if (pin != null && pin.holds(clock.instant())) {
                pins.add(new StoreFacts.PinFacts(point.id(), pin.since(), pin.until(), pin.by(), pin.remark()));
            }
        });
        return new StoreFacts(
                new StoreFacts.VaultFacts(v.name(), v.region(), v.resourceGroup(), v.subscription(), v.tags(),
                        v.redundancy(), v.immutability(), v.softDeleteDays(), v.softDeleteAlways(), v.created(),
                        v.quotaBytes()),
                new StoreFacts.ServerFacts(s.name(), s.hostname(), s.machineId(), s.os(), s.zone(), s.tags(),
                        s.labels(), s.items(), s.created(), s.registered(), s.retired(), s.domainId(), s.publicKey(),
                        s.intakeKey(), s.intakeProof(), s.keyHolder()),
                policy, pins);
    }

    private void write(DataServerRow row, byte[] bytes) throws IOException {
        MessageDigest digest = Hashes.sha256();
        String name = FACTS + HexFormat.of().formatHex(digest.digest(bytes));
        if (name.equals(written.get(row.server()))) {
            return;
        }
        try (ServerStore store = stores.open(row.vault(), row.server())) {
            // What is there and older goes first, if it has the same bytes: the newest one holds.
            List<String> others = new ArrayList<>();
            store.store().list(FACTS, info -> others.add(info.name()));
            boolean there = others.remove(name);
            if (there && !others.isEmpty()) {
                store.store().delete(name);
                there = false;
            }
            if (!there) {
                store.store().put(name, ByteBuffer.wrap(bytes));
            }
            for (String other : others) {
                store.store().delete(other);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        written.put(row.server(), name);
    }

    /** What a store says; empty when it says nothing that can be read. */
    static Optional<StoreFacts> read(BlobStore store) throws IOException {
        List<ObjectInfo> all = new ArrayList<>();
        store.list(FACTS, all::add);
        all.sort((a, b) -> b.modified().compareTo(a.modified()));
        for (ObjectInfo info : all) {
            try {
                return Optional.ofNullable(Json.read(store.get(info.name(), LARGEST), StoreFacts.class));
            } catch (NoSuchFileException e) {
                LOG.debug("{} has gone meanwhile", info.name());
            } catch (IOException e) {
                LOG.warn("{} cannot be read", info.name(), e);
            }
        }
        return Optional.empty();
    }
}
