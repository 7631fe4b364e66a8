package org.holdfast.crypto.x509;

import java.util.regex.Pattern;

/** Tells addresses from names, without asking any name server. */
public final class Hosts {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");

    private Hosts() {
    }

    /** Whether it is an IP address: four numbers, or anything with a colon. */
    public static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    /** The host of {@code host:port}, {@code [address]:port}, or of either without port. */
    public static String ofEndpoint(String endpoint) {
        if (endpoint.startsWith("[")) {
            int end = endpoint.indexOf(']');
            return end < 0 ? endpoint.substring(1) : endpoint.substring(1, end);
        }
        int colon = endpoint.indexOf(':');
        return colon >= 0 && colon == endpoint.lastIndexOf(':') ? endpoint.substring(0, colon) : endpoint;
    }
}
