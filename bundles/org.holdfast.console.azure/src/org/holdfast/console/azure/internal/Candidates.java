package org.holdfast.console.azure.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;

/** Which servers the vault servers of this console protect, by names that other systems know them by. */
final class Candidates {
    private final Set<String> known = new HashSet<>();

    Candidates(VaultConnections connections) {
        for (FleetSession session : connections.sessions()) {
            List<ServerSummary> servers = session.live().servers().snapshot();
            servers.forEach(server -> {
                known.add(plain(server.name()));
                known.add(plain(server.hostname()));
            });
        }
    }

    /** Whether nobody here protects it. */
    boolean isCandidate(String name) {
        return !known.contains(plain(name));
    }

    /** A name without its domain, in lower case. */
    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return dot > 0 ? lower.substring(0, dot) : lower;
    }
}
