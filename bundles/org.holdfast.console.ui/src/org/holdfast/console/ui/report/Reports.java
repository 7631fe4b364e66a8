package org.holdfast.console.ui.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Contributions;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.tile.TileFleet;

/** The reports that bundles contribute, what they are about, and how they get into files. */
public final class Reports {
    /** Id of the extension point. */
    public static final String POINT = "org.holdfast.console.ui.report";

    private Reports() {
    }

    /** Those of all bundles of this program. */
    public static Contributions<Report> of(IEclipseContext context) {
        return Contributions.of(POINT, Report.class, context);
    }

    /** What is known of all vault servers now. */
    public static ReportData gather(VaultConnections connections, Instant at, Formats formats) {
        return new ReportData(new TileFleet(rows(connections, LiveFleet::servers), rows(connections, LiveFleet::jobs),
                rows(connections, LiveFleet::alerts), rows(connections, LiveFleet::vaults)), at, formats);
    }

    private static <T> List<Row<T>> rows(VaultConnections connections, Function<LiveFleet, LiveList<T>> of) {
        List<Row<T>> rows = new ArrayList<>();
        for (FleetSession session : connections.sessions()) {
            of.apply(session.live()).snapshot().forEach(value -> rows.add(new Row<>(session, value)));
        }
        return rows;
    }

    /**
     * Writes a report; blocks. What was in the file before stays until the report is complete.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(Report report, ReportData data, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                report.write(data, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
