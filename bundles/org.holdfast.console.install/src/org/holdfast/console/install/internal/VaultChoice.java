package org.holdfast.console.install.internal;

import java.util.List;
import java.util.Objects;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;

/**
 * A vault that servers can be registered with.
 *
 * @param session with its vault server
 * @param vault which one
 */
record VaultChoice(FleetSession session, VaultSummary vault) {
    /** The permission to give out vault credentials. */
    static final String MANAGE = "credentials.manage";

    /** All vaults for which this person may give out vault credentials. */
    static List<VaultChoice> all(VaultConnections connections) {
        return connections.sessions().stream().filter(s -> s.state().isConnected() && s.may(MANAGE))
                .flatMap(s -> s.live().vaults().snapshot().stream().map(vault -> new VaultChoice(s, vault))).toList();
    }

    /** What people call it. */
    String words() {
        return NLS.bind(Messages.options_vaultOf, vault.name(), session.connection().name());
    }

    /** Names of its policies. */
    List<String> policies() {
        return session.live().policies().snapshot().stream().filter(p -> p.vault().equals(vault.name()))
                .map(p -> Objects.requireNonNull(p.policy().name())).sorted(String.CASE_INSENSITIVE_ORDER).toList();
    }
}
