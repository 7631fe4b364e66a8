package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.enrol.AbandonedServers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what an agent has stored for a registration that was given up: the key slots of a domain that nobody will
 * use. Recovery points are never touched, wherever they come from.
 */
@Component(service = { AbandonedServers.class, AbandonedData.class })
public final class AbandonedData implements AbandonedServers {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedData.class);
    private static final String POINTS = "points/";

    private final Catalog catalog;
    private final ServerStores stores;

    /** Takes what it works with. */
    @Activate
    public AbandonedData(@Reference Catalog catalog, @Reference ServerStores stores) {
        this.catalog = catalog;
        this.stores = stores;
    }

    @Override
    public void abandoned(UUID vaultId, UUID serverId) {
        if (!catalog.read(handle -> Points.of(handle, serverId)).isEmpty()) {
            LOG.warn("server {} was given up, but has recovery points; they stay", serverId);
            return;
        }
        try (ServerStore used = stores.open(vaultId, serverId)) {
            List<String> names = new ArrayList<>();
            used.store().list("", object -> names.add(object.name()));
            if (names.stream().anyMatch(name -> name.startsWith(POINTS))) {
                LOG.warn("server {} was given up, but its store has recovery points; they stay", serverId);
                return;
            }
            for (String name : names) {
                used.store().delete(name);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("server {} had not stored anything", serverId, e);
        } catch (IOException e) {
            LOG.warn("cannot clear the store of server {}, which was given up", serverId, e);
        }
        catalog.run(handle -> DataServers.delete(handle, serverId));
    }

    /** Clears away what a crash has left of such registrations. */
    public void sweep() {
        catalog.read(DataServers::orphans).forEach(row -> abandoned(row.vault(), row.server()));
    }
}
