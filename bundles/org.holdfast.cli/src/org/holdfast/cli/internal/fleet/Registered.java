package org.holdfast.cli.internal.fleet;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.client.Call;

/** Which servers the vault server of the sign-in protects, by names that other systems know them by. */
public final class Registered {
    private Registered() {
    }

    /** The names of all servers in all vaults, as {@link #plain} has them. */
    public static Set<String> names(Invocation call) {
        Set<String> all = new HashSet<>();
        try (var remote = Remote.open(call)) {
            for (VaultSummary vault : remote.all(Call.get(Remote.path("vaults")), VaultSummary.class)) {
                for (ServerSummary server : remote.all(Call.get(Remote.path("vaults", vault.name(), "servers")),
                        ServerSummary.class)) {
                    all.add(plain(server.name()));
                    all.add(plain(server.hostname()));
                }
            }
        }
        return all;
    }

    /** A name without its domain, in lower case. */
    public static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return dot > 0 ? lower.substring(0, dot) : lower;
    }
}
