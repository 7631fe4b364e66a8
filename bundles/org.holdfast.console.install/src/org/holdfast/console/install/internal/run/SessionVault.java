package org.holdfast.console.install.internal.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.RemoteVault;
import org.holdfast.agent.install.VaultSide;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.CredentialsView;

/** A vault as somebody sees it who is signed in with the console. To be used on threads that may wait. */
public final class SessionVault implements VaultAccess {
    private final FleetSession session;
    private final String vault;

    /** @param vault name of the vault */
    public SessionVault(FleetSession session, String vault) {
        this.session = session;
        this.vault = vault;
    }

    @Override
    public String name() {
        return vault;
    }

    @Override
    public CredentialsFile issue(int servers, int days, @Nullable String policy, List<String> tags) {
        return wait(session.api().credentials().create(vault, new CreateCredentials(policy, tags, days, servers)));
    }

    /** The vault does not tell which of its files this is, so it is found by what it says; none is revoked in doubt. */
    @Override
    public void revoke(CredentialsFile file) {
        List<CredentialsView> same = wait(session.api().credentials().list(vault)).stream()
                .filter(view -> view.state().equals("active") && view.uses() == file.uses()
                        && millis(view.expires()).equals(millis(file.expires()))
                        && new HashSet<>(view.tags()).equals(new HashSet<>(file.tags())))
                .toList();
        if (same.size() == 1) {
            wait(session.api().credentials().revoke(vault, same.getFirst().id()));
        }
    }

    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public VaultSide side() {
        return new VaultSide() {
            @Override
            public boolean isConnected(String serverId, Instant since) {
                return SessionVault.wait(session.api().ask(client -> new RemoteVault(client, vault)
                        .isConnected(serverId, since)));
            }

            @Override
            public void assign(String serverId, @Nullable String policy, List<String> tags, List<String> folders) {
                SessionVault.wait(session.api().ask(client -> {
                    new RemoteVault(client, vault).assign(serverId, policy, tags, folders);
                    return serverId;
                }));
            }
        };
    }

    private static <T> T wait(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
