package org.holdfast.notify.internal;

import java.net.InetAddress;

/** Whether a name means this machine, so that nobody between can read what is sent. */
public final class Loopback {
    private Loopback() {
    }

    /** @param host {@code localhost} or an address; other names mean other machines, whatever they resolve to */
    public static boolean is(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
