package org.holdfast.agent.internal.link;

import java.util.function.Supplier;

import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;

/** A link that can be made anew, with another certificate, while others use it. Calls that run end with the old one. */
public final class SwitchingLink implements VaultLink {
    private final Supplier<VaultLink> maker;
    private volatile VaultLink current;
    private volatile boolean closed;

    /** @param maker connects with the certificate that is there */
    public SwitchingLink(Supplier<VaultLink> maker) {
        this.maker = maker;
        current = maker.get();
    }

    /** Connects anew. */
    public synchronized void renewConnection() {
        if (!closed) {
            VaultLink old = current;
            current = maker.get();
            old.close();
        }
    }

    @Override
    public PollAnswer poll(PollRequest request) {
        return current.poll(request);
    }

    @Override
    public void start(JobStart job) {
        current.start(job);
    }

    @Override
    public JobEventsAnswer report(String jobId, JobEvents events) {
        return current.report(jobId, events);
    }

    @Override
    public void answer(String commandId, byte[] sealed) {
        current.answer(commandId, sealed);
    }

    @Override
    public String renew(String csr) {
        return current.renew(csr);
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.close();
    }
}
