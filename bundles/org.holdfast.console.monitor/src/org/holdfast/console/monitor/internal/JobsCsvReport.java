package org.holdfast.console.monitor.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.report.Report;
import org.holdfast.console.ui.report.ReportData;

/** The jobs that the console knows, for programs: comma separated values, times in ISO 8601, sizes in bytes. */
public final class JobsCsvReport implements Report {
    /** Called by the window of reports. */
    public JobsCsvReport() {
        // nothing to prepare
    }

    @Override
    public void write(ReportData data, OutputStream out) throws IOException {
        out.write(Csv
                .line("vault server", "vault", "server", "job", "kind", "state", "trigger", "requested by", "asked",
                        "started", "ended", "files", "bytes", "read bytes", "stored bytes", "warnings", "point",
                        "failure")
                .getBytes(StandardCharsets.UTF_8));
        Comparator<Row<JobSummary>> order = Comparator.comparing(row -> row.value().created());
        List<Row<JobSummary>> jobs = data.fleet().jobs().stream().sorted(order.reversed()).toList();
        for (Row<JobSummary> row : jobs) {
            JobSummary j = row.value();
            JobResult r = j.result();
            out.write(Csv.line(row.session().connection().name(), j.vault(), j.server(), j.id(), word(j.kind()),
                    word(j.state()), word(j.trigger()), j.requestedBy(), j.created(), j.started(), j.ended(),
                    r == null ? null : r.files(), r == null ? null : r.bytes(), r == null ? null : r.bytesRead(),
                    r == null ? null : r.storedBytes(),
                    j.warnings().values().stream().mapToLong(Long::longValue).sum(), j.point(),
                    j.failure() == null ? null : j.failure().message()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
