package org.holdfast.vault.http.internal.people;

import java.util.List;

import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.protocol.people.RegistrationAnswer;
import org.holdfast.protocol.people.RenewCertificate;
import org.holdfast.protocol.people.RenewedCertificate;
import org.holdfast.vault.enrol.AgentCertificates;
import org.holdfast.vault.enrol.Enrolment;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How agents register and stay registered. The domain writes the entries of the audit. */
@Component(service = Endpoints.class)
public final class EnrolEndpoints implements Endpoints {

    private static final int MOST_BYTES = 32_768;

    private final Enrolment enrolment;
    private final AgentCertificates certificates;

    /** Over registrations and certificates. */
    @Activate
    public EnrolEndpoints(@Reference Enrolment enrolment, @Reference AgentCertificates certificates) {
        this.enrolment = enrolment;
        this.certificates = certificates;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("enrol-server", "/agent/v1/enrol").open()
                        .summary("Begins the registration of a server with a vault credentials file.")
                        .takes(EnrolRequest.class, MOST_BYTES).gives(201, EnrolAnswer.class).audited(false)
                        .handle(call -> enrolment.enrol(call.body(EnrolRequest.class), call.address())),
                Route.post("complete-registration", "/agent/v1/registration/complete").unprovenAgent()
                        .summary("Completes a registration when the passphrase is in its safe place.")
                        .takes(CompleteRegistration.class, MOST_BYTES).gives(RegistrationAnswer.class)
                        .handle(call -> enrolment.complete(AgentDoor.known(call.agent()),
                                call.body(CompleteRegistration.class), call.address())),
                Route.post("abandon-registration", "/agent/v1/registration/abandon").unprovenAgent()
                        .summary("Gives a registration up; nothing of it remains.").handle(call -> {
                            enrolment.abandon(AgentDoor.known(call.agent()), call.address());
                            return null;
                        }),
                Route.post("renew-certificate", "/agent/v1/certificate").agent()
                        .summary("Issues the next certificate of the agent.")
                        .takes(RenewCertificate.class, MOST_BYTES).gives(RenewedCertificate.class)
                        .handle(call -> certificates.renew(AgentDoor.known(call.agent()),
                                call.body(RenewCertificate.class).csr(), call.address())));
    }
}
