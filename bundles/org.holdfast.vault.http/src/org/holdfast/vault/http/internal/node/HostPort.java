package org.holdfast.vault.http.internal.node;

/**
 * An address of the form {@code host:port}, {@code host}, {@code :port} or {@code [v6]:port}.
 *
 * @param host name or address, without brackets
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {

    /**
     * Reads an address.
     *
     * @param defaultPort the port of an address that names none
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    static HostPort parse(String text, int defaultPort) {
        int colon = text.lastIndexOf(':');
        boolean bare = colon < 0 || text.endsWith("]") || text.indexOf(':') != colon && !text.startsWith("[");
        String host = bare ? text : text.substring(0, colon);
        int port = bare ? defaultPort : port(text, text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            host = "0.0.0.0";
        }
        if (!host.matches("[\\w.:%-]+")) {
            throw new IllegalArgumentException("'" + text + "' is not an address of the form HOST:PORT");
        }
        return new HostPort(host, port);
    }

    private static int port(String text, String digits) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65_535) {
            throw new IllegalArgumentException("'" + text + "' does not end with a port from 0 to 65535");
        }
        return Integer.parseInt(digits);
    }

    /** Whether it stands for all addresses of the host, so that nobody can connect to it by this name. */
    boolean isEverywhere() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
