package org.holdfast.agent.internal;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.RegistrationLink;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.agent.internal.link.VaultLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;

/**
 * A connector whose wire can be cut.
 *
 * @param connector the real one
 * @param cut whether it is
 * @param wrapper changes how objects are reached
 */
record CutConnector(Connector connector, BooleanSupplier cut, UnaryOperator<BlobStore> wrapper) implements Connector {
    private void check() {
        if (cut.getAsBoolean()) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The wire is cut.", "");
        }
    }

    @Override
    public EnrolAnswer enrol(List<String> addresses, String ca, EnrolRequest request) {
        check();
        return connector.enrol(addresses, ca, request);
    }

    @Override
    public RegistrationLink registration(Target target) {
        check();
        return connector.registration(target);
    }

    @Override
    public Stores stores(Target target, String bootId) {
        Stores stores = connector.stores(target, bootId);
        return use -> wrapper.apply(stores.open(use));
    }

    @Override
    public VaultLink vault(Target target) {
        VaultLink link = connector.vault(target);
        return new VaultLink() {
            @Override
            public PollAnswer poll(PollRequest request) {
                check();
                return link.poll(request);
            }

            @Override
            public void start(JobStart job) {
                check();
                link.start(job);
            }

            @Override
            public JobEventsAnswer report(String jobId, JobEvents events) {
                check();
                return link.report(jobId, events);
            }

            @Override
            public void answer(String commandId, byte[] sealed) {
                check();
                link.answer(commandId, sealed);
            }

            @Override
            public String renew(String csr) {
                check();
                return link.renew(csr);
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }
}
