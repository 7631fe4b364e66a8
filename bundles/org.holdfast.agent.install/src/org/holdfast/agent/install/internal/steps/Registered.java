package org.holdfast.agent.install.internal.steps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an agent's own file says of its registration.
 *
 * @param serverId id at the vault
 * @param vaultId id of the vault
 * @param vault its name
 */
record Registered(String serverId, String vaultId, String vault) {
    /** Reads it; null when there is none, or it was never completed. */
    static @Nullable Registered of(@Nullable String json) {
        if (json == null || json.isEmpty()) {
            return null;
        }
        try {
            JsonNode tree = Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            boolean complete = tree.hasNonNull("registered") && tree.hasNonNull("serverId");
            return complete ? new Registered(tree.path("serverId").asText(), tree.path("vaultId").asText(),
                    tree.path("vault").asText()) : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
