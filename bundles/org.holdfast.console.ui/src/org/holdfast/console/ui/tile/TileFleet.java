package org.holdfast.console.ui.tile;

import java.util.List;

import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;

/**
 * What the overview knows of all vault servers that are connected, as they told it last.
 *
 * @param servers protected servers
 * @param jobs all at work and those of the last days
 * @param alerts all that are not closed
 * @param vaults all vaults
 */
public record TileFleet(List<Row<ServerSummary>> servers, List<Row<JobSummary>> jobs, List<Row<AlertSummary>> alerts,
        List<Row<VaultSummary>> vaults) {
    /** Copies. */
    public TileFleet {
        servers = List.copyOf(servers);
        jobs = List.copyOf(jobs);
        alerts = List.copyOf(alerts);
        vaults = List.copyOf(vaults);
    }
}
