package org.holdfast.agent.install.internal.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.internal.list.HostFields.FieldException;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

/** Lines of CSV below a heading. A cell does not go on in the next line: no field of ours needs that. */
final class CsvLines {
    /** What columns may be called. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(Map.entry("host", "host"),
            Map.entry("hostname", "host"), Map.entry("address", "host"), Map.entry("ip", "host"),
            Map.entry("server", "host"), Map.entry("name", "name"), Map.entry("port", "port"),
            Map.entry("user", "user"), Map.entry("folders", "folders"), Map.entry("items", "folders"),
            Map.entry("paths", "folders"), Map.entry("tags", "tags"), Map.entry("tag", "tags"),
            Map.entry("policy", "policy"), Map.entry("proxy", "proxy"), Map.entry("fingerprint", "fingerprint"),
            Map.entry("host key", "fingerprint"), Map.entry("host_key", "fingerprint"));

    private final char separator;
    private final ObjectReader reader;
    private final List<String> columns = new ArrayList<>();

    /** @param heading the first line */
    CsvLines(String heading) throws FieldException {
        separator = separator(heading);
        reader = new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator));
        for (String cell : cells(heading)) {
            String column = COLUMNS.get(cell.strip().toLowerCase(Locale.ROOT));
            if (column == null) {
                throw new FieldException("'" + cell.strip() + "' is no column; there are host, name, port, user,"
                        + " folders, tags, policy, proxy and fingerprint");
            }
            if (columns.contains(column)) {
                throw new FieldException("the column " + column + " is there twice");
            }
            columns.add(column);
        }
        if (!columns.contains("host")) {
            throw new FieldException("the column host is missing");
        }
    }

    private static char separator(String heading) {
        return heading.contains("\t") ? '\t' : heading.contains(";") ? ';' : ',';
    }

    /** Whether a line names columns. */
    static boolean isHeader(String line) {
        String[] cells = line.split("[,;\t]");
        boolean known = Arrays.stream(cells)
                .map(cell -> cell.strip().replaceAll("^\"|\"$", "").toLowerCase(Locale.ROOT))
                .anyMatch(COLUMNS::containsKey);
        return known && (cells.length > 1 || line.strip().toLowerCase(Locale.ROOT).matches("\"?(host|hostname)\"?"));
    }

    /** The host of a line. */
    HostEntry entry(String line) throws FieldException {
        String[] cells = cells(line);
        if (cells.length > columns.size()) {
            throw new FieldException("there are " + cells.length + " cells for " + columns.size() + " columns");
        }
        HostEntry place = HostFields.place(cell(cells, "host", ""));
        String port = cell(cells, "port", null);
        String user = cell(cells, "user", null);
        String policy = cell(cells, "policy", null);
        String proxy = cell(cells, "proxy", null);
        String fingerprint = cell(cells, "fingerprint", null);
        return new HostEntry(place.host(), cell(cells, "name", place.host()),
                port == null ? place.port() : HostFields.port(port),
                user == null ? place.user() : HostFields.user(user),
                HostFields.folders(cell(cells, "folders", "")), HostFields.tags(cell(cells, "tags", "")),
                policy == null ? null : HostFields.label(policy, "policy"),
                proxy == null ? null : HostFields.proxy(proxy),
                fingerprint == null ? null : HostFields.fingerprint(fingerprint));
    }

    private @Nullable String cell(String[] cells, String column, @Nullable String otherwise) {
        int at = columns.indexOf(column);
        String text = at < 0 || at >= cells.length || cells[at] == null ? "" : cells[at].strip();
        return text.isEmpty() ? otherwise : text;
    }

    private String[] cells(String line) throws FieldException {
        try (var rows = reader.<String[]>readValues(line)) {
            return rows.hasNext() ? rows.next() : new String[0];
        } catch (IOException | RuntimeException e) {
            throw new FieldException("this is no line of CSV: a quotation mark is missing, or there is text behind it");
        }
    }
}
