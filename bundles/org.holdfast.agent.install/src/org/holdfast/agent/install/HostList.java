package org.holdfast.agent.install;

import java.util.List;

import org.holdfast.agent.install.internal.list.ListReader;

/**
 * A list of hosts as somebody pasted it or has it in a file. Three forms are understood: one host in a line,
 * {@code [user@]host[:port]}; a hosts file ({@code 192.0.2.7 web-1 web-1.example}), of which the entries of the
 * computer itself are left out; and CSV (comma, semicolon or tab) whose first line names the columns: {@code host},
 * and if wanted {@code name, port, user, folders, tags, policy, proxy, fingerprint}. Several folders or tags in one
 * cell are separated by {@code |} or {@code ;}. Blank lines and those that begin with {@code #} do not count.
 *
 * @param hosts each once
 * @param errors lines that are not understood
 * @param notes what else people should know, such as lines that were joined
 */
public record HostList(List<HostEntry> hosts, List<LineError> errors, List<String> notes) {
    /** Longest list that is read, in characters. */
    public static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    /** Copies. */
    public HostList {
        hosts = List.copyOf(hosts);
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }

    /**
     * A line that is not understood.
     *
     * @param line its number, from 1
     * @param text the line, shortened
     * @param message what is wrong with it, one sentence
     */
    public record LineError(int line, String text, String message) {
        @Override
        public String toString() {
            return "line " + line + ": " + message + " (" + text + ")";
        }
    }

    /** Reads a list; whatever it is, this does not throw. */
    public static HostList parse(String text) {
        return new ListReader().read(text);
    }
}
