package org.holdfast.api.azure;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A server with Microsoft's agent.
 *
 * @param vault where it is registered
 * @param name of the server
 * @param agent version of the agent
 * @param registration in the words of Azure, {@code Registered}
 * @param health in the words of Azure; empty when it does not say
 * @param problems what is wrong, in sentences of Azure
 * @param items number of what it protects
 * @param lastStatus of its last backup, empty when there was none
 * @param refreshed when Azure last heard of it
 */
public record MarsServer(RecoveryVaultId vault, String name, String agent, String registration, String health,
        List<String> problems, int items, String lastStatus, @Nullable Instant refreshed) {
    /** Copies the list. */
    public MarsServer {
        problems = List.copyOf(problems);
    }
}
