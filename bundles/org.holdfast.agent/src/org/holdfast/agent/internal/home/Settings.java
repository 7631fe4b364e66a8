package org.holdfast.agent.internal.home;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What was chosen when the agent was installed.
 *
 * @param cache absolute path of the cache folder, or null for the folder {@code cache} in the agent's own
 * @param proxy the way out, or null when there is a direct one
 * @param unsignedRequests true to restore and answer questions also for people who cannot prove that they hold this
 *        server's passphrase
 */
public record Settings(@Nullable String cache, @Nullable Proxy proxy, @Nullable Boolean unsignedRequests) {
    /** Nothing chosen. */
    public static final Settings DEFAULT = new Settings(null, null, null);

    /**
     * An HTTP proxy.
     *
     * @param host name or address
     * @param port 1 to 65535
     * @param user user name, or null when it asks for none
     * @param passwordFile absolute path of the file with the password, or null
     */
    public record Proxy(String host, int port, @Nullable String user, @Nullable String passwordFile) {
    }

    /** The same with another cache folder. */
    public Settings withCache(@Nullable String other) {
        return new Settings(other, proxy, unsignedRequests);
    }
}
