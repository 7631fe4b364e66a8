package org.holdfast.vault.data;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.api.fleet.PointPin;
import org.holdfast.protocol.fleet.ClockStanding;
import org.holdfast.protocol.fleet.DeletedPoint;
import org.holdfast.protocol.fleet.VaultProtection;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.DeletedPoints;
import org.holdfast.vault.catalog.data.DeletedPoints.Deletion;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.people.Critical;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What people delete, and bring back: points, and all data of a server that was given up. Deleted points stay in the
 * store, readable, for as long as the vault said when they were deleted; changing that setting afterwards changes
 * nothing about them. In an immutable vault nothing is deleted before retention would do it. Thread-safe.
 */
@Component(service = Deletions.class)
public final class Deletions {
    /** What was brought back stays at least for so long, whatever the policy says. */
    static final Duration GRACE = Duration.ofDays(14);
    private static final String OFF = "off";

    private final Catalog catalog;
    private final VaultClock clock;
    private final Forecasts forecasts;
    private final AbandonedData data;
    private final List<DataObserver> observers;

    /** Takes what it works with. */
    @Activate
    public Deletions(@Reference Catalog catalog, @Reference VaultClock clock, @Reference Forecasts forecasts,
            @Reference AbandonedData data,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<DataObserver> observers) {
        this.catalog = catalog;
        this.clock = clock;
        this.forecasts = forecasts;
        this.data = data;
        this.observers = List.copyOf(observers);
    }

    /**
     * Deletes a point.
     *
     * @param id 32 hex digits
     * @param by who does it
     * @throws Refusal of kind CONFLICT: {@code vault-immutable}, {@code point-pinned}, {@code point-deleted}; of kind
     *         UNAVAILABLE while the vault's clock cannot be trusted
     */
    public void deletePoint(UUID vault, String id, String by) {
        Instant now = clock.requireSound();
        PointRow point = point(vault, id);
        VaultRow row = vault(vault);
        requireFree(List.of(point), now);
        requireOver(row, List.of(point), now);
        Critical.require("delete the recovery point " + point.id());
        if (!catalog.<Boolean>write(h -> DeletedPoints.delete(h, point.server(), point.name(), now, by,
                until(row, now)))) {
            throw new Refusal(Kind.CONFLICT, "point-deleted", "The point is deleted already.", "");
        }
        Observers.tell(observers, o -> o.changed(point));
    }

    private static Instant until(VaultRow vault, Instant now) {
        return now.plus(Duration.ofDays(vault.softDeleteDays()));
    }

    /**
     * Brings a point back; retention leaves it alone for a fortnight.
     *
     * @throws Refusal of kind CONFLICT ({@code point-not-deleted}) when it is not deleted, or going for good already
     */
    public void undeletePoint(UUID vault, String id) {
        PointRow point = point(vault, id);
        if (!undelete(point.server(), point.name())) {
            throw new Refusal(Kind.CONFLICT, "point-not-deleted",
                    "The point is not deleted, or on its way out for good.", "");
        }
        Observers.tell(observers, o -> o.changed(point));
    }

    private boolean undelete(UUID server, String name) {
        Instant keep = clock.look().now().plus(GRACE);
        return catalog.<Boolean>write(h -> DeletedPoints.undelete(h, server, name, keep));
    }

    /**
     * Deletes all points of a server that was given up. When the last of them has gone for good, so has the server.
     *
     * @return how many points were deleted by this
     * @throws Refusal of kind CONFLICT: {@code server-not-retired}, {@code vault-immutable},
     *         {@code point-pinned}; of kind UNAVAILABLE while
     *         the vault's clock cannot be trusted
     */
    public int deleteData(UUID vault, UUID server, String by) {
        ServerRow known = server(vault, server);
        if (known.retired() == null) {
            throw new Refusal(Kind.CONFLICT, "server-not-retired", "The server is still protected.",
                    "Retire it first.");
        }
        Instant now = clock.requireSound();
        VaultRow row = vault(vault);
        List<PointRow> points = catalog.read(h -> Points.of(h, server)).stream().filter(p -> p.deleted() == null)
                .toList();
        requireFree(points, now);
        requireOver(row, points, now);
        Critical.require("delete all recovery points of the server " + known.name() + " (" + server + ")");
        int deleted = catalog.<Integer>write(h -> {
            // A server without any data has no row there, and goes all the same.
            DataServers.ensure(h, server, vault);
            DeletedPoints.ask(h, server, now, by);
            int count = 0;
            for (PointRow point : points) {
                count += DeletedPoints.delete(h, server, point.name(), now, by, until(row, now)) ? 1 : 0;
            }
            return count;
        });
        points.forEach(point -> Observers.tell(observers, o -> o.changed(point)));
        return deleted;
    }

    /**
     * Brings the points of a server back that people have deleted.
     *
     * @return how many there were
     */
    public int undeleteData(UUID vault, UUID server) {
        server(vault, server);
        List<Deletion> gone = catalog.read(h -> DeletedPoints.of(h, server)).stream()
                .filter(d -> !d.by().equals(DeletedPoints.RETENTION)).toList();
        catalog.run(h -> DeletedPoints.ask(h, server, null, null));
        int back = 0;
        for (Deletion deletion : gone) {
            back += undelete(server, deletion.name()) ? 1 : 0;
        }
        catalog.read(h -> Points.of(h, server)).stream().filter(p -> gone.stream().anyMatch(d -> d.name()
                .equals(p.name()))).forEach(p -> Observers.tell(observers, o -> o.changed(p)));
        return back;
    }

    /** A page of a vault's deleted points that can be brought back. */
    public Page<DeletedPoint> list(UUID vault, ListRequest request) {
        Page<PointTable.DeletedRow> page = catalog.read(h -> PointTable.deleted(h, vault, request));
        return new Page<>(page.items().stream().map(row -> new DeletedPoint(row.id(), row.serverId().toString(),
                row.server(), row.made(), row.storedBytes(), row.deleted(), row.by(), row.purged())).toList(),
                page.next(), page.total());
    }

    /** What stands between a vault and whoever wants its data gone. */
    public VaultProtection protection(UUID vault, boolean secondPerson) {
        VaultClock.Standing now = clock.look();
        PointTable.DeletedSum sum = catalog.read(h -> PointTable.sum(h, vault, DeletedPoints.RETENTION));
        return new VaultProtection(secondPerson, new ClockStanding(now.now(), now.frozen(), now.reason()),
                sum.points(), sum.byPeople(), sum.bytes(), sum.first());
    }

    /** Forgets a server whose data was deleted, when the last of its points has gone for good. */
    void finish(UUID server) {
        DataServerRow row = catalog.read(h -> DataServers.find(h, server)).orElse(null);
        boolean over = row != null && catalog.<Boolean>read(h -> DeletedPoints.isAsked(h, server)
                && Points.of(h, server).isEmpty() && Points.removing(h, server).isEmpty());
        if (row != null && over) {
            data.abandoned(row.vault(), server);
            catalog.run(h -> {
                if (DataServers.find(h, server).isEmpty()) {
                    ServerTable.deleteRetired(h, server);
                }
            });
        }
    }

    private static void requireFree(List<PointRow> points, Instant now) {
        for (PointRow point : points) {
            PointPin pin = point.pinned(now) ? point.pin() : null;
            if (pin != null) {
                throw new Refusal(Kind.CONFLICT, "point-pinned", "The point " + point.id() + " was pinned by "
                        + pin.by() + (pin.until() == null ? "." : " until " + pin.until() + "."), "Unpin it first.");
            }
        }
    }

    private void requireOver(VaultRow vault, List<PointRow> points, Instant now) {
        if (vault.immutability().equals(OFF)) {
            return;
        }
        Instant latest = now;
        boolean open = false;
        for (PointRow point : points) {
            Optional<Instant> end = forecasts.end(point.server(), point);
            open |= end.isEmpty();
            latest = end.filter(latest::isBefore).orElse(latest);
        }
        if (open || latest.isAfter(now)) {
            throw new Refusal(Kind.CONFLICT, "vault-immutable",
                    "The vault is immutable: nothing is deleted before its retention ends, "
                            + (open ? "which is not before " + now.plus(Forecasts.HORIZON).truncatedTo(ChronoUnit.DAYS)
                                    + ", if ever."
                                    : "which is on " + latest.truncatedTo(ChronoUnit.SECONDS) + "."),
                    vault.immutability().equals("locked") ? "The setting is locked and cannot be turned off."
                            : "Turning immutability off makes it possible before that.");
        }
    }

    private VaultRow vault(UUID vault) {
        return catalog.read(h -> VaultTable.byId(h, vault)).orElseThrow(() -> Refusal.notFound("vault"));
    }

    private ServerRow server(UUID vault, UUID server) {
        return catalog.read(h -> ServerTable.byId(h, server)).filter(s -> s.vaultId().equals(vault))
                .orElseThrow(() -> Refusal.notFound("server"));
    }

    private PointRow point(UUID vault, String id) {
        return catalog.read(h -> Points.byId(h, vault, id)).orElseThrow(() -> Refusal.notFound("point"));
    }
}
