package org.holdfast.protocol.agent;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An agent's long poll ({@code POST /agent/v1/poll}), which is its heartbeat as well. The vault answers at once when
 * there is something to say, else after {@code waitSeconds}.
 *
 * @param agentVersion version of the agent's program
 * @param bootId random for each start of the agent
 * @param hostname as the system calls itself
 * @param addresses of the network interfaces
 * @param os name and version of the system
 * @param zone IANA name of the server's time zone
 * @param clock the agent's clock when it sent this
 * @param policyVersion {@link AgentPolicy#version()} that is in force at the agent; empty for none yet
 * @param drift why the agent does not follow that policy, or null when it does
 * @param running ids of all jobs at work, waiting or paused at the agent
 * @param ack ids of commands that the agent has taken and keeps in mind over a restart
 * @param waitSeconds how long the vault may wait, 0 to 60
 * @param nextBackup when the agent will back up next, or null
 */
public record PollRequest(String agentVersion, String bootId, String hostname, List<String> addresses, String os,
        String zone, Instant clock, String policyVersion, @Nullable String drift, List<String> running,
        List<String> ack, int waitSeconds, @Nullable Instant nextBackup) {
    /** Copies; what is missing is empty. */
    public PollRequest {
        agentVersion = agentVersion == null ? "" : agentVersion;
        bootId = bootId == null ? "" : bootId;
        hostname = hostname == null ? "" : hostname;
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        os = os == null ? "" : os;
        zone = zone == null ? "" : zone;
        policyVersion = policyVersion == null ? "" : policyVersion;
        running = running == null ? List.of() : List.copyOf(running);
        ack = ack == null ? List.of() : List.copyOf(ack);
    }
}
