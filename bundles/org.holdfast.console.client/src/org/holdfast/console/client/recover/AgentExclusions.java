package org.holdfast.console.client.recover;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.VaultClient;
import org.holdfast.client.sealed.AgentRequests;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.ExclusionReport;
import org.holdfast.protocol.agent.ExclusionTrial;

/**
 * What exclusions would leave out on a registered server, found out by its agent. Questions are sealed for the agent
 * and signed with the key of its domain, so they take the passphrase of that server, or its data being open here.
 */
public final class AgentExclusions {
    /** Most of what would be left out that is told. */
    public static final int MOST = 2_000;

    private final Vaults vaults;

    /** @param vaults opens the data of servers */
    public AgentExclusions(Vaults vaults) {
        this.vaults = vaults;
    }

    /** Whether the data of the server is open here, so that its passphrase is not needed. */
    public boolean isOpen(ServerPlace place) {
        return open(place).isPresent();
    }

    private Optional<VaultConnection> open(ServerPlace place) {
        return vaults.connections().stream().filter(c -> {
            ServerPlace of = c.place();
            return of != null && of.server().id().equals(place.server().id());
        }).findFirst();
    }

    /**
     * Asks the agent; it looks for half a minute at most.
     *
     * @param passphrase of the server, not looked at while its data is open; taken over and wiped
     */
    public CompletableFuture<ExclusionReport> ask(ServerPlace place, char[] passphrase, ExclusionTrial trial) {
        return place.session().api().ask(client -> {
            try {
                Optional<VaultConnection> open = open(place);
                return open.isPresent() ? open.get().with(domain -> ask(client, domain, place, trial))
                        : vaults.using(place, passphrase, domain -> ask(client, domain, place, trial));
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        });
    }

    private static ExclusionReport ask(VaultClient client, OpenVault domain, ServerPlace place, ExclusionTrial trial) {
        domain.unlock();
        ServerSummary server = place.now();
        ExclusionReport report = new AgentRequests(client,
                "/api/v1/vaults/" + URLEncoder.encode(server.vault(), StandardCharsets.UTF_8), server, domain)
                .ask(reply -> AskRequest.exclusions(trial, server.id(), place.session().now(), reply, MOST))
                .exclusions();
        if (report == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The agent cannot try exclusions.",
                    "Update the agent.");
        }
        return report;
    }
}
