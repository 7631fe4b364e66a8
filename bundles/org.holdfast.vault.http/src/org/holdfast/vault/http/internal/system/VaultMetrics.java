package org.holdfast.vault.http.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.http.MetricSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Numbers of the fleet and of what is kept for it, over all vaults of the installation. */
@Component(service = MetricSource.class)
public final class VaultMetrics implements MetricSource {
    private final Catalog catalog;
    private final Signals signals;
    private final @Nullable Path store;

    /** Counts there. */
    @Activate
    public VaultMetrics(@Reference Catalog catalog, @Reference Signals signals, @Reference VaultSettings settings) {
        this.catalog = catalog;
        this.signals = signals;
        this.store = settings.storeFolder();
    }

    @Override
    public List<Gauge> gauges() {
        return List.of(
                new Gauge("holdfast_servers", "Protected servers that are not retired.",
                        count("select count(*) from servers where retired is null")),
                new Gauge("holdfast_servers_lost", "Protected servers that have not been heard of lately.",
                        count("select count(*) from servers where retired is null and lower(state) = 'lost'")),
                new Gauge("holdfast_servers_drilled", "Servers whose last restore drill went well and is not too old.",
                        drills("good")),
                new Gauge("holdfast_servers_drill_failed", "Servers whose last restore drill failed.",
                        drills("failed")),
                new Gauge("holdfast_servers_drill_overdue", "Servers without a good restore drill for too long.",
                        drills("overdue")),
                new Gauge("holdfast_points", "Recovery points.",
                        count("select coalesce(sum(points), 0) from servers")),
                new Gauge("holdfast_stored_bytes", "Bytes that are stored for all servers.",
                        count("select coalesce(sum(stored_bytes), 0) from servers")),
                new Gauge("holdfast_jobs_unfinished", "Jobs that wait, run or pause.",
                        count("select count(*) from jobs where ended is null")),
                new Gauge("holdfast_alerts_unsettled", "Alerts that are not closed.",
                        count("select count(*) from alerts where closed is null")),
                new Gauge("holdfast_nodes", "Vault nodes that are alive.",
                        count("select count(*) from nodes where ended is null"
                                + " and last_contact > current_timestamp - interval '15' second")),
                new Gauge("holdfast_agents_waiting", "Agents that wait for something to do.", signals::waiting),
                new Gauge("holdfast_store_free_bytes", "Room that is left for objects.", this::free));
    }

    private DoubleSupplier drills(String state) {
        return count("select count(*) from server_drills d join servers s on s.id = d.server_id"
                + " where s.retired is null and d.state = '" + state + "'");
    }

    private DoubleSupplier count(String query) {
        return () -> catalog.<Long>read(handle -> handle.createQuery(query).mapTo(Long.class).one()).doubleValue();
    }

    /** Not a number when the store is not there, or is no folder. */
    private double free() {
        Path folder = store;
        if (folder == null) {
            return Double.NaN;
        }
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
