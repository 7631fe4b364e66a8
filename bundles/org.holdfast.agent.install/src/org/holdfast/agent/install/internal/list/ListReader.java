package org.holdfast.agent.install.internal.list;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostList;
import org.holdfast.agent.install.HostList.LineError;
import org.holdfast.agent.install.internal.list.HostFields.FieldException;

/** Reads one list, line by line, so that every mistake is told with its line. */
public final class ListReader {
    private static final int SHOWN = 80;
    /** Names that hosts files give to the computer itself and to groups of computers. */
    private static final Set<String> OWN = Set.of("localhost", "localhost.localdomain", "ip6-localhost",
            "ip6-loopback", "broadcasthost", "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters");

    private final Map<String, HostEntry> hosts = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<LineError> errors = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable CsvLines csv;
    private boolean begun;

    /** Reads it. */
    public HostList read(String text) {
        if (text.length() > HostList.MAX_CHARACTERS) {
            errors.add(new LineError(1, "", "the list is longer than " + HostList.MAX_CHARACTERS + " characters"));
            return new HostList(List.of(), errors, notes);
        }
        int number = 0;
        for (String raw : text.split("\\R")) {
            number++;
            String line = (number == 1 && raw.startsWith("\ufeff") ? raw.substring(1) : raw).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                line(number, line);
            } catch (FieldException e) {
                errors.add(new LineError(number, line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...",
                        String.valueOf(e.getMessage())));
                if (hosts.isEmpty() && csv == null && CsvLines.isHeader(line)) {
                    break; // without the columns, every other line would be told too
                }
            }
        }
        return new HostList(List.copyOf(hosts.values()), errors, notes);
    }

    private void line(int number, String line) throws FieldException {
        boolean first = !begun;
        begun = true;
        if (first && CsvLines.isHeader(line)) {
            csv = new CsvLines(line);
            return;
        }
        CsvLines table = csv;
        if (table != null) {
            add(number, table.entry(line));
            return;
        }
        if (line.matches(".*[,;\t].*[,;].*") || line.contains(",")) {
            throw new FieldException(
                    "this looks like CSV, but the first line does not name the columns (host,user,...)");
        }
        plain(number, line.replaceFirst("\\s+#.*$", "").split("\\s+"));
    }

    private void plain(int number, String[] words) throws FieldException {
        boolean hostsFile = words.length > 1 && HostFields.isAddress(words[0]);
        if (!hostsFile && words.length > 1) {
            throw new FieldException("there should be one host in a line");
        }
        if (!hostsFile) {
            add(number, HostFields.place(words[0]));
            return;
        }
        String address = words[0].toLowerCase(Locale.ROOT);
        boolean own = OWN.contains(words[1].toLowerCase(Locale.ROOT)) || address.equals("0.0.0.0")
                || address.equals("255.255.255.255") || address.startsWith("ff0");
        if (own) {
            notes.add("line " + number + ": '" + words[1] + "' is this computer itself and was left out");
            return;
        }
        add(number, new HostEntry(words[0], HostFields.host(words[1]), HostEntry.SSH_PORT, null, List.of(), List.of(),
                null, null, null));
    }

    private void add(int number, HostEntry entry) throws FieldException {
        HostEntry before = hosts.get(entry.key());
        if (before == null) {
            hosts.put(entry.key(), entry);
            lines.put(entry.key(), number);
            return;
        }
        HostEntry both = before.join(entry);
        if (both == null) {
            throw new FieldException("'" + entry.key() + "' is in line " + lines.get(entry.key())
                    + " too, and the lines contradict each other");
        }
        hosts.put(entry.key(), both);
        notes.add("line " + number + ": '" + entry.key() + "' is in line " + lines.get(entry.key())
                + " too; they were joined");
    }
}
