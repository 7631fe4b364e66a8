package org.holdfast.vault.http.internal.node;

import java.io.PrintStream;
import java.util.Optional;

import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.http.HttpServer;
import org.holdfast.vault.people.FirstAdministrator;
import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.pki.Pki;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A node with everything it consists of. */
@Component(service = VaultNode.class)
public final class VaultNode {
    private final VaultSettings settings;
    private final HttpServer server;
    private final SignIn signIn;
    private final Pki pki;

    /** Takes the parts together. */
    @Activate
    public VaultNode(@Reference VaultSettings settings, @Reference HttpServer server, @Reference SignIn signIn,
            @Reference Pki pki) {
        this.settings = settings;
        this.server = server;
        this.signIn = signIn;
        this.pki = pki;
    }

    /**
     * Begins to listen, and tells a person where; at the very first start also the administrator's secret, once.
     *
     * @param rescue whether the administrator gets a new secret
     */
    void start(PrintStream out, boolean rescue) {
        Optional<FirstAdministrator> administrator = rescue ? Optional.of(signIn.rescue()) : signIn.first();
        server.start();
        out.println("The vault listens on " + settings.host() + ":" + server.port() + " and is reached as "
                + String.join(", ", settings.publicAddresses()) + ".");
        out.println("Fingerprint of its authority, SHA-256: " + pki.fingerprint());
        administrator.ifPresent(first -> out.println("Administrator: " + first.name() + ", one-time secret: "
                + first.secret() + " (shown only now; to be changed at the first sign-in)"));
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }
}
