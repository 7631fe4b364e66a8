package org.holdfast.console.policies.internal;

import java.util.Comparator;

import org.holdfast.console.client.fleet.FleetSession;

/**
 * A vault of a vault server.
 *
 * @param session the vault server
 * @param vault name of the vault
 */
public record VaultPlace(FleetSession session, String vault) implements Comparable<VaultPlace> {
    private static final Comparator<VaultPlace> ORDER = Comparator.comparing(VaultPlace::vault)
            .thenComparing(p -> p.session().connection().name()).thenComparing(p -> p.session().connection().id());

    @Override
    public int compareTo(VaultPlace other) {
        return ORDER.compare(this, other);
    }

    /** Both names, for people. */
    String label() {
        return vault + " - " + session.connection().name();
    }
}
