package org.holdfast.agent.install;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A host that is to get an agent, with what is different there from the rest.
 *
 * @param host name or address to connect to
 * @param name what people call it, the host when nothing else was given
 * @param port of SSH, 1 to 65 535
 * @param user to sign in as, or null for the one of all
 * @param folders absolute paths to protect instead of the policy's items, empty for those
 * @param tags for this server, beside those of all
 * @param policy for this server, or null for the one of all
 * @param proxy {@code host:port} of the HTTP proxy to the vault, or null for the one of all; empty for none
 * @param fingerprint of its host key, {@code SHA256:...}, or null when it is not known beforehand
 */
public record HostEntry(String host, String name, int port, @Nullable String user, List<String> folders,
        List<String> tags, @Nullable String policy, @Nullable String proxy, @Nullable String fingerprint) {
    /** Where SSH is when nothing else is said. */
    public static final int SSH_PORT = 22;

    /** Copies. */
    public HostEntry {
        folders = List.copyOf(folders);
        tags = List.copyOf(tags);
    }

    /** A host without anything special. */
    public static HostEntry of(String host, int port) {
        return new HostEntry(host, host, port, null, List.of(), List.of(), null, null, null);
    }

    /** What tells hosts apart: {@code host:port} in lower case, with brackets around an IPv6 address. */
    public String key() {
        String lower = host.toLowerCase(Locale.ROOT);
        return (lower.contains(":") ? "[" + lower + "]" : lower) + ":" + port;
    }

    /**
     * The same host from two lines of a list as one.
     *
     * @return null when the lines contradict each other
     */
    public @Nullable HostEntry join(HostEntry other) {
        boolean same = fits(user, other.user) && fits(policy, other.policy) && fits(proxy, other.proxy)
                && fits(fingerprint, other.fingerprint);
        if (!same) {
            return null;
        }
        return new HostEntry(host, name.equals(host) ? other.name : name, port, either(user, other.user),
                union(folders, other.folders), union(tags, other.tags), either(policy, other.policy),
                either(proxy, other.proxy), either(fingerprint, other.fingerprint));
    }

    private static boolean fits(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }

    private static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static List<String> union(List<String> one, List<String> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
