package org.holdfast.vault.http.internal.people;

import java.security.cert.X509Certificate;
import java.util.UUID;

import org.holdfast.vault.enrol.AgentCertificates;
import org.holdfast.vault.enrol.KnownAgent;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.CertificateAuthenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Knows agents by their certificates, which are looked up at each call. */
@Component(service = CertificateAuthenticator.class)
public final class AgentDoor implements CertificateAuthenticator {

    private final AgentCertificates certificates;

    /** Over the certificates. */
    @Activate
    public AgentDoor(@Reference AgentCertificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public Caller.Agent authenticate(X509Certificate certificate) {
        KnownAgent agent = certificates.check(certificate);
        return new Caller.Agent(agent.serverId().toString(), agent.vaultId().toString(), agent.serial(),
                agent.unproven());
    }

    /** The agent that calls, as the domain knows it. */
    static KnownAgent known(Caller.Agent agent) {
        return new KnownAgent(UUID.fromString(agent.server()), UUID.fromString(agent.vaultId()), agent.serial(),
                agent.unproven());
    }
}
