package org.holdfast.agent.internal.control;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.JobEntry;

/**
 * How an agent is.
 *
 * @param version of the program
 * @param registered whether the server is registered
 * @param running whether the agent runs
 * @param vault name of the vault, or null
 * @param serverId id of the server at the vault, or null
 * @param addresses of the vault
 * @param keyHolder location of the passphrase, or null
 * @param connected whether the last poll went well
 * @param lastContact when one last did, or null
 * @param problem why there is no contact, or null
 * @param policy name of the policy, or null
 * @param policyVersion its version
 * @param items paths that are protected
 * @param drift why the policy is not followed, or null
 * @param nextBackup when the next backup begins, or null
 * @param certificateExpires until when the certificate is valid, or null
 * @param clockSkewMillis this server's clock minus the vault's
 * @param jobs the newest jobs, the last one first
 */
public record AgentStatus(String version, boolean registered, boolean running, @Nullable String vault,
        @Nullable String serverId, List<String> addresses, @Nullable String keyHolder, boolean connected,
        @Nullable Instant lastContact, @Nullable String problem, @Nullable String policy, long policyVersion,
        List<String> items, @Nullable String drift, @Nullable Instant nextBackup,
        @Nullable Instant certificateExpires, long clockSkewMillis, List<JobEntry> jobs) {
    /** Copies. */
    public AgentStatus {
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        items = items == null ? List.of() : List.copyOf(items);
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }
}
