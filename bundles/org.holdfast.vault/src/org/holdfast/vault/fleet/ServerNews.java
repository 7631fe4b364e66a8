package org.holdfast.vault.fleet;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.ServerListRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.VaultEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells watchers how servers stand. Thread-safe. */
@Component(service = ServerNews.class)
public final class ServerNews {
    private final Catalog catalog;
    private final EventBus bus;
    private final ServerViews views;

    /** News over a bus. */
    @Activate
    public ServerNews(@Reference Catalog catalog, @Reference EventBus bus, @Reference ServerViews views) {
        this.catalog = catalog;
        this.bus = bus;
        this.views = views;
    }

    /** Tells how a server stands now; nothing when it is gone. Not inside of a transaction. */
    public void publish(UUID server) {
        publish(List.of(server));
    }

    /** Tells watchers at this node how servers stand that another one has changed. */
    void publishHere(Collection<UUID> servers) {
        for (ServerListRow row : catalog.<List<ServerListRow>>read(handle -> ServerTable.listRows(handle, servers))) {
            ServerSummary summary = views.summary(row);
            bus.publishHere(VaultEvent.SERVER, summary.vault(), summary);
        }
    }

    /** The same for several servers, at most some thousand. */
    public void publish(Collection<UUID> servers) {
        for (ServerListRow row : catalog.<List<ServerListRow>>read(handle -> ServerTable.listRows(handle, servers))) {
            ServerSummary summary = views.summary(row);
            bus.publish(VaultEvent.SERVER, summary.vault(), summary);
        }
    }
}
