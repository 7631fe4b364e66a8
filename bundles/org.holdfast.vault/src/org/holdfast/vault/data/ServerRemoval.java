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

/** Clears away what servers have stored that never came to be. A server with a recovery point is never touched. */
@Component(service = { AbandonedServers.class, ServerRemoval.class })
public final class ServerRemoval implements AbandonedServers {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRemoval.class);

    private final Catalog catalog;
    private final ServerStores stores;

    /** Takes what it works with. */
    @Activate
    public ServerRemoval(@Reference Catalog catalog, @Reference ServerStores stores) {
        this.catalog = catalog;
        this.stores = stores;
    }

    @Override
    public void abandoned(UUID vault, UUID server) {
        if (!catalog.read(h -> Points.of(h, server)).isEmpty()) {
            LOG.warn("server {} was given up but has recovery points, which stay", server);
            return;
        }
        // Its sessions end with the row, so nothing comes after what is deleted here.
        catalog.run(h -> DataServers.delete(h, server));
        try (ServerStore store = stores.open(vault, server)) {
            List<String> names = new ArrayList<>();
            store.store().list("", info -> names.add(info.name()));
            for (String name : names) {
                store.store().delete(name);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("server {} has stored nothing", server);
        } catch (IOException e) {
            LOG.warn("clearing away what server {} has stored", server, e);
        }
    }

    /** Clears away what a crash has left. */
    public void sweep() {
        catalog.read(DataServers::orphans).forEach(row -> abandoned(row.vault(), row.server()));
    }
}
