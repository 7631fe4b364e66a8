package org.holdfast.console.install.internal.pick;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.discovery.FoundHost;

/** Which hosts are protected already, as far as the vault servers know that are connected. */
final class Protection {
    private final Map<String, String> vaults = new HashMap<>();

    Protection(VaultConnections connections) {
        for (FleetSession session : connections.sessions()) {
            for (ServerSummary server : session.live().servers().snapshot()) {
                if (server.state() != ServerState.RETIRED) {
                    String where = server.vault() + ", " + session.connection().name();
                    put(server.hostname(), where);
                    put(server.name(), where);
                    server.addresses().forEach(address -> put(address, where));
                }
            }
        }
    }

    private void put(String name, String where) {
        vaults.putIfAbsent(name.toLowerCase(Locale.ROOT), where);
    }

    /** The vault and vault server that know it, null when none does. */
    @Nullable
    String of(FoundHost host) {
        String where = vaults.get(host.host().toLowerCase(Locale.ROOT));
        return where != null || host.name().isEmpty() ? where : vaults.get(host.name().toLowerCase(Locale.ROOT));
    }
}
