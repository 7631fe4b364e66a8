package org.holdfast.vault.http.internal;

import java.security.cert.X509Certificate;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.http.Access;
import org.holdfast.vault.http.Authorizer;
import org.holdfast.vault.http.BearerAuthenticator;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.CertificateAuthenticator;

/** The one place where it is asked who calls and whether they may. */
final class Gate {
    private static final String SCHEME = "Bearer ";
    private static final int MAX_TOKEN = 512;

    private final BearerAuthenticator people;
    private final CertificateAuthenticator agents;
    private final Authorizer authorizer;

    Gate(BearerAuthenticator people, CertificateAuthenticator agents, Authorizer authorizer) {
        this.people = people;
        this.agents = agents;
        this.authorizer = authorizer;
    }

    /**
     * Proves who calls.
     *
     * @throws Refusal when the route wants a proof and there is none, or it does not hold
     */
    Caller identify(Request request, Access access) {
        return switch (access) {
            case Access.Open open -> new Caller.Nobody();
            case Access.SignedIn signedIn -> person(request);
            case Access.Person person -> person(request);
            case Access.Agent agent -> agents.authenticate(certificate(request));
        };
    }

    /** @throws Refusal when the caller may not */
    void admit(Caller caller, Access access) {
        if (access instanceof Access.Agent(boolean evenUnproven) && !evenUnproven
                && caller instanceof Caller.Agent agent && agent.unproven()) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "registration-incomplete",
                    "This machine was registered before; it has not yet proven to be the same.",
                    "Complete the registration with the passphrase that the server had.");
        }
        if (access instanceof Access.Person(String permission)
                && !allows(caller, permission)) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "not-permitted", "Your roles do not include that.",
                    "It needs the permission \"" + permission + "\"; an administrator can give you a role with it.");
        }
    }

    /** Whether somebody has a permission. */
    boolean allows(Caller caller, String permission) {
        return caller instanceof Caller.Person person && authorizer.allows(person, permission);
    }

    private Caller.Person person(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || header.length() > MAX_TOKEN || header.length() <= SCHEME.length()
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "sign-in-required", "You are not signed in.",
                    "Sign in with POST /api/v1/login and send the token as \"Authorization: Bearer ...\".");
        }
        return people.authenticate(header.substring(SCHEME.length()).trim(), Request.getRemoteAddr(request));
    }

    private static X509Certificate certificate(Request request) {
        Object data = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        X509Certificate @Nullable [] chain = data instanceof EndPoint.SslSessionData session
                ? session.peerCertificates()
                : null;
        if (chain == null || chain.length == 0) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "certificate-required",
                    "Servers show who they are with their client certificate; there was none.",
                    "Register the server with vault credentials.");
        }
        return chain[0];
    }
}
