package org.holdfast.console.install.discovery;

/**
 * A host that was found.
 *
 * @param host name or address to connect to
 * @param port of SSH, 1 to 65 535
 * @param name what people call it; empty when that is the host itself
 * @param detail what else is known, in the person's language, may be empty
 */
public record FoundHost(String host, int port, String name, String detail) {
    /** Where SSH usually is. */
    public static final int SSH_PORT = 22;

    /** What is missing is empty. */
    public FoundHost {
        name = name == null ? "" : name;
        detail = detail == null ? "" : detail;
    }

    /** A host of which nothing else is known. */
    public static FoundHost of(String host) {
        return new FoundHost(host, SSH_PORT, "", "");
    }
}
