package org.holdfast.console.ui.report;

import java.time.Instant;

import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.tile.TileFleet;

/**
 * What a report is about.
 *
 * @param fleet servers, jobs, alerts and vaults of all vault servers that are connected
 * @param at when it was gathered
 * @param formats sizes and times as the person reads them; what programs read has ISO 8601 and bytes
 */
public record ReportData(TileFleet fleet, Instant at, Formats formats) {
}
