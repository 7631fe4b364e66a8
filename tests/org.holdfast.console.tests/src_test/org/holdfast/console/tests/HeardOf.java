package org.holdfast.console.tests;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.holdfast.agent.install.VaultSide;
import org.holdfast.console.install.internal.run.VaultAccess;
import org.holdfast.protocol.people.CredentialsFile;

/** A real vault that takes the word of the test for what agents do that are none. */
final class HeardOf implements VaultAccess {
    private final VaultAccess vault;
    private final Map<String, String> assigned = new ConcurrentHashMap<>();

    HeardOf(VaultAccess vault) {
        this.vault = vault;
    }

    /** What was assigned, by server. */
    Map<String, String> assigned() {
        return assigned;
    }

    @Override
    public String name() {
        return vault.name();
    }

    @Override
    public CredentialsFile issue(int servers, int days, String policy, List<String> tags) {
        return vault.issue(servers, days, policy, tags);
    }

    @Override
    public void revoke(CredentialsFile file) {
        vault.revoke(file);
    }

    @Override
    public VaultSide side() {
        return new VaultSide() {
            @Override
            public boolean isConnected(String serverId, Instant since) {
                return true;
            }

            @Override
            public void assign(String serverId, String policy, List<String> tags, List<String> folders) {
                assigned.put(serverId, policy + " " + tags + " " + folders);
            }
        };
    }
}
