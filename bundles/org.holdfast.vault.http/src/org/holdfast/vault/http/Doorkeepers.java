package org.holdfast.vault.http;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Those whom the router asks at each call.
 *
 * @param people tells whose a token is
 * @param agents tells whose a client certificate is
 * @param authorizer decides what people may
 * @param audit takes down changes
 */
@Component(service = Doorkeepers.class)
public record Doorkeepers(BearerAuthenticator people, CertificateAuthenticator agents, Authorizer authorizer,
        AuditSink audit) {
    /** Takes them together. */
    @Activate
    public Doorkeepers(@Reference BearerAuthenticator people, @Reference CertificateAuthenticator agents,
            @Reference Authorizer authorizer, @Reference AuditSink audit) {
        this.people = people;
        this.agents = agents;
        this.authorizer = authorizer;
        this.audit = audit;
    }
}
