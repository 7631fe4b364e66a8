package org.holdfast.agent.internal.loop;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

import org.holdfast.agent.internal.ask.Answers;
import org.holdfast.agent.internal.ask.SealedRequests;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.jobs.JobRunner;
import org.holdfast.agent.internal.link.VaultLink;
import org.holdfast.protocol.agent.PollRequest;

/**
 * Puts the conversation with the vault together.
 *
 * @param home state of the agent
 * @param link to the vault
 * @param clock of the agent
 * @param policies takes policies in
 * @param jobs does what commands ask for
 * @param reporter tells of jobs
 */
public record Conversation(AgentHome home, VaultLink link, AgentClock clock, PolicyStore policies, JobRunner jobs,
        JobReporter reporter) {
    /**
     * The poll with everything that comes of it.
     *
     * @param renewal renews the certificate
     * @param heartbeat makes a request of the ids to acknowledge and the seconds to wait
     */
    public PollLoop polls(SealedRequests sealed, Answers answers, Runnable renewal, String serverId,
            BiFunction<List<String>, Integer, PollRequest> heartbeat) throws IOException {
        var commands = new Commands(new CommandLog(home), jobs, sealed, answers, link, clock, renewal, serverId);
        return new PollLoop(link, clock, policies, commands, reporter, heartbeat, ThreadLocalRandom.current());
    }
}
