package org.holdfast.console.monitor.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.report.Report;
import org.holdfast.console.ui.report.ReportData;

/** How every server is protected, for programs: comma separated values, times in ISO 8601, sizes in bytes. */
public final class ProtectionCsvReport implements Report {
    /** Called by the window of reports. */
    public ProtectionCsvReport() {
        // nothing to prepare
    }

    @Override
    public void write(ReportData data, OutputStream out) throws IOException {
        out.write(Csv.line("vault server", "vault", "server", "id", "state", "reason", "last good backup", "age hours",
                "next backup", "policy", "drift", "points", "stored bytes", "agent", "last contact", "tags")
                .getBytes(StandardCharsets.UTF_8));
        for (Row<ServerSummary> row : data.fleet().servers()) {
            ServerSummary s = row.value();
            out.write(Csv.line(row.session().connection().name(), s.vault(), s.name(), s.id(),
                    s.state().name().toLowerCase(Locale.ROOT).replace('_', '-'), s.reason(), s.lastBackup(),
                    s.lastBackup() == null ? null : Duration.between(s.lastBackup(), data.at()).toHours(),
                    s.nextBackup(), s.policy(), s.drift(), s.points(), s.storedBytes(), s.agentVersion(),
                    s.lastContact(), String.join(" ", s.tags())).getBytes(StandardCharsets.UTF_8));
        }
    }
}
