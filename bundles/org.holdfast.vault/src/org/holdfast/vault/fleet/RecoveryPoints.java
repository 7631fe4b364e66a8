package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.vault.PointState;
import org.holdfast.protocol.fleet.PinPoint;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PointListRow;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.VaultEvent;
import org.holdfast.vault.people.Critical;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Recovery points as people see them, and what their coming and going means for the fleet. Thread-safe. */
@Component(service = { RecoveryPoints.class, DataObserver.class })
public final class RecoveryPoints implements DataObserver {
    private static final String FULL = "no-room";
    private static final int MAX_REMARK = 500;

    private final Catalog catalog;
    private final EventBus bus;
    private final Alerts alerts;
    private final ServerViews views;
    private final Clock clock;

    /** Points of a catalogue. */
    @Activate
    public RecoveryPoints(@Reference Catalog catalog, @Reference EventBus bus, @Reference Alerts alerts,
            @Reference ServerViews views, @Reference Clock clock) {
        this.catalog = catalog;
        this.bus = bus;
        this.alerts = alerts;
        this.views = views;
        this.clock = clock;
    }

    /** A page of a vault's points. */
    public Page<PointInfo> list(UUID vault, ListRequest request) {
        return views(catalog.read(handle -> PointTable.list(handle, vault, request)));
    }

    /** A page of a server's points. */
    public Page<PointInfo> list(UUID vault, String server, ListRequest request) {
        UUID id = Wire.id(server, "server");
        return views(catalog.read(handle -> {
            ServerTable.byId(handle, id).map(ServerRow::vaultId).filter(vault::equals)
                    .orElseThrow(() -> Refusal.notFound("server"));
            return PointTable.list(handle, vault, id, request);
        }));
    }

    /** A point of a vault. */
    public PointInfo get(UUID vault, String id) {
        return view(row(vault, id));
    }

    /**
     * Keeps a point whatever the policy says.
     *
     * @param may whether the caller may also shorten what is promised already
     * @throws Refusal {@code pin-shortened} when it was to be kept longer and the caller may not change that
     */
    public PointInfo pin(UUID vault, String id, PinPoint wish, String by, boolean may) {
        Instant now = clock.instant();
        Instant until = wish.until();
        if (until != null && !until.isAfter(now)) {
            throw Refusal.invalid("until", "that time is over");
        }
        String remark = wish.remark() == null ? "" : wish.remark();
        if (remark.length() > MAX_REMARK) {
            throw Refusal.invalid("remark", "longer than " + MAX_REMARK + " characters");
        }
        PointListRow row = row(vault, id);
        PointPin old = row.pin();
        if (!may && old != null && old.holds(now) && earlier(until, old.until())) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "pin-shortened",
                    "The recovery point is to be kept longer than that already.",
                    "An administrator can shorten that.", "until");
        }
        if (old != null && old.holds(now) && earlier(until, old.until())) {
            Critical.require("keep the recovery point " + id + " until " + until + " only");
        }
        return setPin(vault, row, new PointPin(now, until, by, remark));
    }

    /** Lets the policy decide about a point again; nothing happens when it does already. */
    public PointInfo unpin(UUID vault, String id) {
        PointListRow row = row(vault, id);
        PointPin old = row.pin();
        if (old != null && old.holds(clock.instant())) {
            Critical.require("let the policy decide about the recovery point " + id + " again");
        }
        return setPin(vault, row, null);
    }

    private static boolean earlier(@Nullable Instant time, @Nullable Instant than) {
        return time != null && (than == null || time.isBefore(than));
    }

    private PointInfo setPin(UUID vault, PointListRow row, @Nullable PointPin pin) {
        boolean there = catalog.write(handle -> Points.setPin(handle, row.serverId(), row.id(), pin));
        if (!there) {
            throw new Refusal(Refusal.Kind.CONFLICT, "point-going", "The recovery point is being removed.", "");
        }
        PointInfo info = get(vault, row.id());
        bus.publish(VaultEvent.POINT, info.vault(), info);
        return info;
    }

    private PointListRow row(UUID vault, String id) {
        return catalog.read(handle -> PointTable.find(handle, vault, id))
                .orElseThrow(() -> Refusal.notFound("point"));
    }

    @Override
    public void committed(PointRow point) {
        recount(point.server());
        alerts.settle(AlertKind.VAULT_FULL, point.server(), FULL);
        catalog.read(handle -> PointTable.byName(handle, point.server(), point.name())).map(this::view)
                .ifPresent(info -> bus.publish(VaultEvent.POINT, info.vault(), info));
    }

    @Override
    public void removed(PointRow point) {
        recount(point.server());
    }

    @Override
    public void changed(PointRow point) {
        recount(point.server());
        catalog.read(handle -> PointTable.byName(handle, point.server(), point.name())).map(this::view)
                .ifPresent(info -> bus.publish(VaultEvent.POINT, info.vault(), info));
    }

    @Override
    public void clock(@Nullable String doubt) {
        if (doubt == null) {
            alerts.settle(AlertKind.VAULT_CLOCK, null, "");
        } else {
            alerts.raiseOnce(new Finding(AlertKind.VAULT_CLOCK, Severity.CRITICAL, null, null, "",
                    "Nothing is deleted any more: " + doubt,
                    "Set the clock right; when it is right, accept it with 'holdfast vault clock --accept'.", null));
        }
    }

    @Override
    public void damaged(PointRow point, String damage) {
        alerts.raise(new Finding(AlertKind.DAMAGE, Severity.CRITICAL, point.vault(), point.server(), point.id(),
                "Recovery point " + point.id() + " of " + name(point.server()) + " is damaged: " + damage,
                "Back up again, and look at the store's disks.", null));
    }

    @Override
    public void packDamaged(UUID vault, UUID server, String object, String detail, List<String> points) {
        alerts.raise(new Finding(AlertKind.DAMAGE, Severity.CRITICAL, vault, server, object,
                "The pack " + object + " of " + name(server) + ": " + detail + " It hurts " + points.size()
                        + " recovery points" + (points.isEmpty() ? "." : ", the newest is " + points.getFirst() + "."),
                "Look at the store's disks. The next backup stores what the server still has again.", null));
    }

    @Override
    public void packHealed(UUID server, String object) {
        alerts.settle(AlertKind.DAMAGE, server, object);
    }

    @Override
    public void scrubLate(UUID vault, int servers, int days) {
        if (servers == 0) {
            alerts.settle(AlertKind.SCRUB_LATE, null, vault.toString());
        } else {
            alerts.raiseOnce(new Finding(AlertKind.SCRUB_LATE, Severity.WARNING, vault, null, vault.toString(),
                    "Packs of " + servers + (servers == 1 ? " server" : " servers") + " were not read again within "
                            + days + " days, so damage would be found late.",
                    "Widen the window, or raise the bytes a day, with 'holdfast vault maintenance'.", null));
        }
    }

    @Override
    public void full(UUID vault, UUID server, long free) {
        alerts.raise(new Finding(AlertKind.VAULT_FULL, Severity.CRITICAL, vault, server, FULL,
                "There is no room for the backup of " + name(server) + "; " + (free >> 20) + " MiB are left.",
                "Add room, raise the quota, or keep fewer recovery points.", null));
    }

    /** Tells watchers at this node of a point that another one has changed. */
    void tellHere(UUID vault, String id) {
        catalog.read(handle -> PointTable.find(handle, vault, id)).map(this::view)
                .ifPresent(info -> bus.publishHere(VaultEvent.POINT, info.vault(), info));
    }

    private void recount(UUID server) {
        catalog.run(handle -> ServerTable.recount(handle, server));
    }

    private String name(UUID server) {
        String name = views.name(server);
        return name == null ? server.toString() : name;
    }

    private Page<PointInfo> views(Page<PointListRow> page) {
        return new Page<>(page.items().stream().map(this::view).toList(), page.next(), page.total());
    }

    private PointInfo view(PointListRow row) {
        PointPin pin = row.pin();
        return new PointInfo(row.id(), row.vaultName(), row.serverId().toString(), row.serverName(), row.time(),
                row.committed(), Wire.to(PointState.class, row.state()), row.files(), row.bytes(), row.storedBytes(),
                row.warnings(), row.keepUntil(), row.job(), row.policy(), row.policyVersion(), row.anomalous(),
                row.damage(), row.deleted(), pin != null && pin.holds(clock.instant()) ? pin : null);
    }
}
