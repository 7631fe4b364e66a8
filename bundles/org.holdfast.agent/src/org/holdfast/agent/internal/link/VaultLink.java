package org.holdfast.agent.internal.link;

import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;

/**
 * What a registered agent says to its vault, apart from the data. Every call blocks and fails with a
 * {@link org.holdfast.api.HoldfastException}; each may be repeated.
 */
public interface VaultLink extends AutoCloseable {
    /** The long poll. */
    PollAnswer poll(PollRequest request);

    /** Tells of a job that the agent began by itself. */
    void start(JobStart job);

    /** Tells what happened in a job. */
    JobEventsAnswer report(String jobId, JobEvents events);

    /** Gives the answer to a command, sealed for the asker. */
    void answer(String commandId, byte[] sealed);

    /**
     * Asks for a new certificate.
     *
     * @param csr PKCS #10, PEM
     * @return certificate chain, PEM
     */
    String renew(String csr);

    @Override
    void close();
}
