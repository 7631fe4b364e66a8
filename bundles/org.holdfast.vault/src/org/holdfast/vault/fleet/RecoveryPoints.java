package org.holdfast.vault.fleet;

import java.util.UUID;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.vault.PointState;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.fleet.PointListRow;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.VaultEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Recovery points as people see them, and what their coming and going means for the fleet. Thread-safe. */
@Component(service = { RecoveryPoints.class, DataObserver.class })
public final class RecoveryPoints implements DataObserver {
    private static final String FULL = "no-room";

    private final Catalog catalog;
    private final EventBus bus;
    private final Alerts alerts;
    private final ServerViews views;

    /** Points of a catalogue. */
    @Activate
    public RecoveryPoints(@Reference Catalog catalog, @Reference EventBus bus, @Reference Alerts alerts,
            @Reference ServerViews views) {
        this.catalog = catalog;
        this.bus = bus;
        this.alerts = alerts;
        this.views = views;
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
        return catalog.read(handle -> PointTable.find(handle, vault, id)).map(RecoveryPoints::view)
                .orElseThrow(() -> Refusal.notFound("point"));
    }

    @Override
    public void committed(PointRow point) {
        recount(point.server());
        alerts.settle(AlertKind.VAULT_FULL, point.server(), FULL);
        catalog.read(handle -> PointTable.byName(handle, point.server(), point.name())).map(RecoveryPoints::view)
                .ifPresent(info -> bus.publish(VaultEvent.POINT, info.vault(), info));
    }

    @Override
    public void removed(PointRow point) {
        recount(point.server());
    }

    @Override
    public void damaged(PointRow point, String damage) {
        alerts.raise(new Finding(AlertKind.DAMAGE, Severity.CRITICAL, point.vault(), point.server(), point.id(),
                "Recovery point " + point.id() + " of " + name(point.server()) + " is damaged: " + damage,
                "Back up again, and look at the store's disks.", null));
    }

    @Override
    public void full(UUID vault, UUID server, long free) {
        alerts.raise(new Finding(AlertKind.VAULT_FULL, Severity.CRITICAL, vault, server, FULL,
                "There is no room for the backup of " + name(server) + "; " + (free >> 20) + " MiB are left.",
                "Add room, raise the quota, or keep fewer recovery points.", null));
    }

    private void recount(UUID server) {
        catalog.run(handle -> ServerTable.recount(handle, server));
    }

    private String name(UUID server) {
        String name = views.name(server);
        return name == null ? server.toString() : name;
    }

    private static Page<PointInfo> views(Page<PointListRow> page) {
        return new Page<>(page.items().stream().map(RecoveryPoints::view).toList(), page.next(), page.total());
    }

    private static PointInfo view(PointListRow row) {
        return new PointInfo(row.id(), row.vaultName(), row.serverId().toString(), row.serverName(), row.time(),
                row.committed(), Wire.to(PointState.class, row.state()), row.files(), row.bytes(), row.storedBytes(),
                row.warnings(), row.keepUntil(), row.job(), row.policy(), row.policyVersion(), row.anomalous(),
                row.damage(), row.deleted());
    }
}
