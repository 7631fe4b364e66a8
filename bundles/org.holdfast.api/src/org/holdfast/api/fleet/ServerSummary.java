package org.holdfast.api.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A protected server.
 *
 * @param id UUID, the identity: survives renaming, another address and another domain
 * @param vault name of the vault
 * @param name what people call it; the host name at first; two servers may have the same
 * @param hostname as the agent reports it
 * @param machineId as the agent reports it, the same for one installed system
 * @param addresses as the agent reports them
 * @param os as the agent reports it
 * @param agentVersion as the agent reports it
 * @param tags a set of words in order
 * @param labels further facts by name
 * @param state how it stands
 * @param reason why it stands so, one sentence, may be empty
 * @param connected whether it can be reached now
 * @param registered when its registration was complete, or null
 * @param lastContact when it was last heard of, or null
 * @param lastBackup start of its last good backup, or null
 * @param nextBackup when it says it will back up next, or null
 * @param policy name of its policy, or null
 * @param policyVersion version of that policy that holds, 0 without one
 * @param policyOrigin why it has that policy
 * @param drift why it does not follow its policy, or null when it does
 * @param clockSkewMillis its clock minus the vault's
 * @param running jobs at work on it
 * @param points number of its recovery points
 * @param storedBytes what its objects take up
 * @param ownItems how many items it has of its own; 0: those of its policy hold
 * @param openAlerts alerts about it that are neither closed nor muted
 * @param domainId its encryption domain, 32 hex digits, or null before registration
 * @param intakeKey X25519 public key to seal requests to it with, base64, or null before registration
 * @param intakeProof signature of the domain's key over the intake key, base64, or null: without it a vault that
 *         somebody took over could pass off its own key as the server's
 * @param drillState how it stands with the proof that it can be restored
 * @param lastDrill its last restore drill, or null
 */
public record ServerSummary(String id, String vault, String name, String hostname, String machineId,
        List<String> addresses, String os, String agentVersion, List<String> tags, Map<String, String> labels,
        ServerState state, String reason, boolean connected, @Nullable Instant registered,
        @Nullable Instant lastContact, @Nullable Instant lastBackup, @Nullable Instant nextBackup,
        @Nullable String policy, long policyVersion, PolicyOrigin policyOrigin, @Nullable String drift,
        long clockSkewMillis, int running, long points, long storedBytes, int ownItems, long openAlerts,
        @Nullable String domainId, @Nullable String intakeKey, @Nullable String intakeProof,
        DrillState drillState, @Nullable LastDrill lastDrill) {
    /** A vault of before says nothing of drills. */
    public ServerSummary {
        drillState = drillState == null ? DrillState.OFF : drillState;
    }
}
