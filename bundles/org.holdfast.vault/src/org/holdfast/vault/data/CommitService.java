package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.engine.KeeperVault;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.protocol.data.Committed;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.data.SessionRow;
import org.holdfast.vault.catalog.data.Sessions;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.data.internal.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes recovery points exist: the manifest is checked and stored durably, then one transaction enters the point. Dying
 * in between leaves a manifest without a row, which the agent's next try or {@link #reconcile} completes; there is
 * never a row without what it stands for.
 */
@Component(service = CommitService.class)
public final class CommitService {
    private static final Logger LOG = LoggerFactory.getLogger(CommitService.class);
    private static final String POINTS = "points/";
    private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final Id NONE = new Id(new byte[Id.SIZE]);

    private final Catalog catalog;
    private final ServerStores stores;
    private final List<DataObserver> observers;
    private final Clock clock;

    /** Takes what it works with. */
    @Activate
    public CommitService(@Reference Catalog catalog, @Reference ServerStores stores,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<DataObserver> observers,
            @Reference Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.observers = List.copyOf(observers);
        this.clock = clock;
    }

    /**
     * Commits a recovery point. Doing it again is as good as once.
     *
     * @param session open, of that server
     * @param name of the manifest, 64 hex digits
     * @param bytes the manifest
     * @throws Refusal when it is not what its name says, of another vault, or not signed by a holder of the passphrase
     */
    public Committed commit(UUID vault, SessionRow session, String name, byte[] bytes) throws IOException {
        return commit(vault, session.server(), session, name, bytes);
    }

    /** The same for a point that came on a disk. */
    public Committed imported(UUID vault, UUID server, String name, byte[] bytes) throws IOException {
        return commit(vault, server, null, name, bytes);
    }

    private Committed commit(UUID vault, UUID server, @Nullable SessionRow session, String name, byte[] bytes)
            throws IOException {
        Optional<PointRow> known = catalog.read(h -> Points.find(h, server, name));
        if (known.isPresent()) {
            return answer(known.get(), true);
        }
        String object = POINTS + name;
        if (ObjectKind.of(object) != ObjectKind.POINT) {
            throw new Refusal(Refusal.Kind.INVALID, "name-refused", "That is not the name of a manifest.", "");
        }
        PointRow row;
        try (ServerStore store = stores.open(vault, server)) {
            Manifest.Keeper facts = checked(store, server, object, bytes);
            row = row(vault, server, name, facts, clock.instant(), session == null ? null : session.job());
            store.store().put(object, ByteBuffer.wrap(bytes));
            count(store, row, session == null ? null : session.id());
        } catch (NoSuchFileException e) {
            throw new Refusal(Refusal.Kind.CONFLICT, "no-domain", "The server has no encryption domain yet.",
                    "Register the server first.");
        } catch (StoreFullException e) {
            Observers.tell(observers, o -> o.full(vault, server, 0));
            throw new Refusal(Refusal.Kind.FULL, "vault-full", "The vault has no room for more.",
                    "Free space or add some; what was committed is not affected.");
        }
        return answer(row, false);
    }

    private static Committed answer(PointRow row, boolean repeated) {
        return new Committed(row.id(), row.name(), row.committed(), repeated);
    }

    private Manifest.Keeper checked(ServerStore store, UUID server, String object, byte[] bytes) throws IOException {
        KeeperVault keeper = store.keeper();
        DataServerRow known = catalog.read(h -> DataServers.find(h, server)).orElse(null);
        String key = HexFormat.of().formatHex(keeper.publicKey());
        if (known != null && known.publicKey() != null && !known.publicKey().equals(key)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "other-domain",
                    "The descriptor in the store is not the one the server was registered with.",
                    "Somebody changed the store; restore the descriptor from a copy.");
        }
        try {
            return keeper.manifest(object, bytes);
        } catch (HoldfastException e) {
            boolean signature = e.problem() == Problem.SIGNATURE_INVALID;
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, signature ? "signature-invalid" : "object-invalid",
                    String.valueOf(e.getMessage()), "");
        }
    }

    /** Bytes stay counted as added until the catalogue has them: quotas must not miss them in between. */
    private void count(ServerStore store, PointRow row, @Nullable UUID session) {
        synchronized (store) {
            long added = store.added().get();
            enter(row, session, added);
            store.added().addAndGet(-added);
        }
    }

    private void enter(PointRow row, @Nullable UUID session, long addedBytes) {
        boolean added = catalog.writeDurably(h -> {
            boolean made = Points.insert(h, row);
            if (made) {
                observers.forEach(o -> o.committing(h, row));
            }
            if (session != null) {
                Sessions.setPoint(h, session, row.name());
            }
            if (addedBytes != 0) {
                DataServers.addUsed(h, row.server(), addedBytes);
            }
            return made;
        });
        if (added) {
            Observers.tell(observers, o -> o.committed(row));
        }
    }

    private static PointRow row(UUID vault, UUID server, String name, Manifest.Keeper k, Instant committed,
            @Nullable String job) {
        String state = switch (k.state()) {
            case 0 -> "completed";
            case 1 -> "completed-with-warnings";
            default -> "interrupted";
        };
        return new PointRow(server, name, vault, time(k.seconds(), k.nanos()), committed, k.millis(), state,
                HexFormat.of().formatHex(k.group()), k.previous().equals(NONE) ? null : k.previous().hex(),
                k.storedBytes(), k.keepUntil() == 0 ? null : time(k.keepUntil(), 0), job, 0, 0, 0, null, 0, false,
                null, null, null);
    }

    /** Clocks of servers can be anywhere; a catalogue has no room for the year 292 billion. */
    private static Instant time(long seconds, int nanos) {
        return seconds < 0 ? Instant.EPOCH
                : seconds > LAST_SECOND ? Instant.ofEpochSecond(LAST_SECOND)
                        : Instant.ofEpochSecond(seconds, nanos);
    }

    /**
     * Compares points in the store with those in the catalogue: sound manifests without a row get one, rows without a
     * manifest are marked as damaged, removals that were cut short are finished.
     *
     * @return how many points were entered
     */
    public int reconcile(UUID vault, UUID server) throws IOException {
        int adopted = 0;
        try (ServerStore store = stores.open(vault, server)) {
            finishRemovals(store, server);
            Set<String> rows = new HashSet<>();
            catalog.read(h -> Points.of(h, server)).forEach(p -> rows.add(p.name()));
            Map<String, ObjectInfo> objects = new HashMap<>();
            store.store().list(POINTS, info -> {
                if (ObjectKind.of(info.name()) == ObjectKind.POINT) {
                    objects.put(info.name().substring(POINTS.length()), info);
                }
            });
            for (Map.Entry<String, ObjectInfo> object : objects.entrySet()) {
                if (!rows.contains(object.getKey()) && adopt(store, vault, server, object.getValue())) {
                    adopted++;
                }
            }
            // Read again: a commit may have come in between.
            for (PointRow row : catalog.read(h -> Points.of(h, server))) {
                boolean there = objects.containsKey(row.name()) || store.store().size(POINTS + row.name()) >= 0;
                damage(row, there ? null : "The manifest is missing in the store.");
            }
        } catch (NoSuchFileException e) {
            for (PointRow row : catalog.read(h -> Points.of(h, server))) {
                damage(row, "The objects of the server are missing in the store.");
            }
        }
        catalog.run(h -> DataServers.setReconciled(h, server, clock.instant()));
        return adopted;
    }

    private boolean adopt(ServerStore store, UUID vault, UUID server, ObjectInfo info) throws IOException {
        try {
            byte[] bytes = store.store().get(info.name(), Manifest.MAX_BYTES);
            Manifest.Keeper facts = checked(store, server, info.name(), bytes);
            PointRow row = row(vault, server, info.name().substring(POINTS.length()), facts, info.modified(), null);
            enter(row, null, 0);
            LOG.info("entered the point {} of server {} that was stored but not in the catalogue", row.id(), server);
            return true;
        } catch (NoSuchFileException e) {
            // Removed since it was listed.
            return false;
        } catch (HoldfastException e) {
            LOG.warn("{} of server {} is no recovery point: {}", info.name(), server, e.getMessage());
            return false;
        }
    }

    private void damage(PointRow row, @Nullable String what) {
        String now = row.damage();
        if (what == null && now != null && now.startsWith(Scrubber.HURT)) {
            // The manifest is there, but not all that it needs.
            return;
        }
        boolean news = catalog.write(h -> Points.setDamage(h, row.server(), row.name(), what));
        if (news && what != null) {
            LOG.warn("point {} of server {}: {}", row.id(), row.server(), what);
            Observers.tell(observers, o -> o.damaged(row, what));
        }
    }

    private void finishRemovals(ServerStore store, UUID server) throws IOException {
        for (String name : catalog.read(h -> Points.removing(h, server))) {
            store.store().delete(POINTS + name);
            catalog.run(h -> Points.delete(h, server, name));
        }
    }

    /** Compares all servers, those first that were compared longest ago; goes on behind failures. */
    public void reconcileAll(CancelToken cancel) {
        for (DataServerRow row : catalog.read(DataServers::all)) {
            cancel.check();
            try {
                reconcile(row.vault(), row.server());
            } catch (IOException | RuntimeException e) {
                LOG.warn("comparing store and catalogue of server {}", row.server(), e);
            }
        }
    }
}
