package org.holdfast.console.monitor.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.report.Report;
import org.holdfast.console.ui.report.ReportData;

/** How the fleet is protected and what its jobs did, for people: one page that stands for itself. */
public final class FleetHtmlReport implements Report {
    private static final Duration LATELY = Duration.ofHours(24);
    private static final String STYLE = "body{font-family:sans-serif;margin:2em;color:#1b1f24}"
            + "table{border-collapse:collapse;margin:0 0 1.5em}th,td{border:1px solid #b9c0c8;padding:.3em .6em;"
            + "text-align:left;vertical-align:top}td.n{text-align:right}th{background:#eef1f4}h2{margin-top:1.5em}";

    /** Called by the window of reports. */
    public FleetHtmlReport() {
        // nothing to prepare
    }

    @Override
    public void write(ReportData data, OutputStream out) throws IOException {
        Formats f = data.formats();
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"").append(f.locale().toLanguageTag())
                .append("\">\n<head><meta charset=\"utf-8\"><title>").append(escape(Messages.report_heading))
                .append("</title><style>").append(STYLE).append("</style></head>\n<body>\n<h1>")
                .append(escape(Messages.report_heading)).append("</h1>\n<p>")
                .append(escape(NLS.bind(Messages.report_at, f.preciseTime(data.at())))).append("</p>\n");
        states(page, data);
        vaults(page, data);
        servers(page, data);
        jobs(page, data);
        out.write(page.append("</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void states(StringBuilder page, ReportData data) {
        Map<ServerState, Long> counts = data.fleet().servers().stream()
                .collect(Collectors.groupingBy(r -> r.value().state(), TreeMap::new, Collectors.counting()));
        open(page, Messages.overview_protection, Messages.column_state, Messages.report_number);
        counts.forEach((state, count) -> row(page, OverviewWords.state(state),
                number(data.formats().count(count))));
        close(page);
    }

    private static void vaults(StringBuilder page, ReportData data) {
        Formats f = data.formats();
        open(page, Messages.overview_storage, Messages.column_vault, Messages.audit_server, Messages.overview_servers,
                Messages.report_points, Messages.report_stored, Messages.report_limit);
        for (Row<VaultSummary> row : data.fleet().vaults()) {
            VaultSummary v = row.value();
            row(page, v.name(), row.session().connection().name(), number(f.count(v.servers())),
                    number(f.count(v.points())), number(f.size(v.storedBytes())),
                    number(v.quotaBytes() == null ? Messages.overview_noLimit : f.size(v.quotaBytes())));
        }
        close(page);
    }

    private static void servers(StringBuilder page, ReportData data) {
        Formats f = data.formats();
        var order = Comparator.comparing((Row<ServerSummary> r) -> r.value().lastBackup(),
                Comparator.nullsFirst(Comparator.naturalOrder())).thenComparing(r -> r.value().name());
        List<Row<ServerSummary>> wanting = data.fleet().servers().stream()
                .filter(r -> r.value().state() == ServerState.AT_RISK || r.value().state() == ServerState.UNPROTECTED
                        || r.value().state() == ServerState.LOST)
                .sorted(order).toList();
        open(page, NLS.bind(Messages.report_wanting, f.count(wanting.size())), Messages.column_server,
                Messages.column_vault, Messages.column_state, Messages.report_last, Messages.report_why);
        for (Row<ServerSummary> row : wanting) {
            ServerSummary s = row.value();
            row(page, s.name(), s.vault(), OverviewWords.state(s.state()),
                    s.lastBackup() == null ? Messages.overview_never : f.time(s.lastBackup()), s.reason());
        }
        close(page);
    }

    private static void jobs(StringBuilder page, ReportData data) {
        Formats f = data.formats();
        List<Row<JobSummary>> lately = data.fleet().jobs().stream()
                .filter(r -> r.value().created().isAfter(data.at().minus(LATELY))).toList();
        open(page, Messages.overview_lastDay, Messages.column_state, Messages.report_number);
        Map<JobState, Long> counts = lately.stream()
                .collect(Collectors.groupingBy(r -> r.value().state(), TreeMap::new, Collectors.counting()));
        counts.forEach((state, count) -> row(page, JobWords.state(state), number(f.count(count))));
        close(page);
        List<JobSummary> bad = lately.stream().map(Row::value).filter(j -> j.state() == JobState.FAILED
                || j.state() == JobState.INTERRUPTED).sorted(Comparator.comparing(JobSummary::created)).toList();
        open(page, NLS.bind(Messages.report_failed, f.count(bad.size())), Messages.column_server,
                Messages.column_kind, Messages.column_state, Messages.column_asked, Messages.report_why);
        bad.forEach(j -> row(page, j.server(), JobWords.kind(j.kind()), JobWords.state(j.state()),
                f.time(j.created()), j.failure() == null ? "" : j.failure().message()));
        close(page);
    }

    private static void open(StringBuilder page, String title, String... heads) {
        page.append("<h2>").append(escape(title)).append("</h2>\n<table>\n<tr>");
        for (String head : heads) {
            page.append("<th>").append(escape(head)).append("</th>");
        }
        page.append("</tr>\n");
    }

    private static void row(StringBuilder page, Object... cells) {
        page.append("<tr>");
        for (Object cell : cells) {
            page.append(cell instanceof Number n ? "<td class=\"n\">" + escape(n.text()) : "<td>" + escape("" + cell))
                    .append("</td>");
        }
        page.append("</tr>\n");
    }

    private static void close(StringBuilder page) {
        page.append("</table>\n");
    }

    private record Number(String text) {
    }

    private static Number number(String text) {
        return new Number(text);
    }

    /** Names come from servers, and anybody may have chosen them. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
