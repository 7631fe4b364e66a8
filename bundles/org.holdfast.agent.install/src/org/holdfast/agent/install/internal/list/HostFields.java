package org.holdfast.agent.install.internal.list;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;

/** Checks what lists say about a host; what is wrong is thrown as a sentence for people. */
final class HostFields {
    private static final int MAX_NAME = 253;
    private static final int MAX_TAG = 64;
    private static final int MAX_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\.?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]*\\$?");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/=+-]*");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

    private HostFields() {
    }

    /** A field that is not what it should be. */
    static final class FieldException extends Exception {
        private static final long serialVersionUID = 1L;

        FieldException(String message) {
            super(message);
        }
    }

    /** The host of {@code [user@]host[:port]}. */
    static HostEntry place(String text) throws FieldException {
        int at = text.lastIndexOf('@');
        String user = at < 0 ? null : user(text.substring(0, at));
        String rest = text.substring(at + 1);
        String host = rest;
        int port = HostEntry.SSH_PORT;
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            if (end < 0 || end < rest.length() - 1 && rest.charAt(end + 1) != ':') {
                throw new FieldException("the address in brackets does not end as it should");
            }
            host = rest.substring(1, end);
            port = end == rest.length() - 1 ? port : port(rest.substring(end + 2));
        } else if (rest.indexOf(':') >= 0 && rest.indexOf(':') == rest.lastIndexOf(':')) {
            host = rest.substring(0, rest.indexOf(':'));
            port = port(rest.substring(rest.indexOf(':') + 1));
        }
        host = host(host);
        return new HostEntry(host, host, port, user, List.of(), List.of(), null, null, null);
    }

    static String host(String text) throws FieldException {
        boolean good = text.length() <= MAX_NAME && (isAddress(text) || NAME.matcher(text).matches()
                && !IPV4.matcher(text).matches() && !text.contains(".."));
        if (!good) {
            throw new FieldException(text.isEmpty() ? "the host is missing" : "'" + text + "' is no name of a host");
        }
        return text;
    }

    static boolean isAddress(String text) {
        return IPV6.matcher(text).matches() && text.indexOf(':') != text.lastIndexOf(':')
                || IPV4.matcher(text).matches()
                        && Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) <= 255);
    }

    static int port(String text) throws FieldException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like any other bad port.
        }
        throw new FieldException("'" + text + "' is no port from 1 to " + MAX_PORT);
    }

    static String user(String text) throws FieldException {
        if (!USER.matcher(text).matches()) {
            throw new FieldException("'" + text + "' is no name of a user");
        }
        return text;
    }

    static List<String> folders(String text) throws FieldException {
        List<String> all = split(text);
        for (String folder : all) {
            if (!folder.startsWith("/")) {
                throw new FieldException("the folder '" + folder + "' is not an absolute path");
            }
        }
        return all;
    }

    static List<String> tags(String text) throws FieldException {
        List<String> all = split(text);
        for (String tag : all) {
            label(tag, "tag");
        }
        return all;
    }

    static String label(String text, String what) throws FieldException {
        if (text.length() > MAX_TAG || !LABEL.matcher(text).matches()) {
            throw new FieldException("'" + text + "' is no name of a " + what);
        }
        return text;
    }

    /** {@code host:port}, or the word none. */
    static String proxy(String text) throws FieldException {
        if (text.toLowerCase(Locale.ROOT).equals("none")) {
            return "";
        }
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new FieldException("the proxy '" + text + "' is not HOST:PORT");
        }
        host(text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1"));
        port(text.substring(colon + 1));
        return text;
    }

    static String fingerprint(String text) throws FieldException {
        if (!FINGERPRINT.matcher(text).matches()) {
            throw new FieldException("'" + text + "' is no fingerprint of a host key; it begins with SHA256:");
        }
        return text.replaceFirst("=$", "");
    }

    private static List<String> split(@Nullable String text) {
        return text == null ? List.of()
                : Arrays.stream(text.split("[|;]")).map(String::strip).filter(part -> !part.isEmpty()).distinct()
                        .toList();
    }
}
