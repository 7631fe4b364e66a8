package org.holdfast.vault.http.internal.node;

import java.io.PrintStream;

import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.http.HttpServer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A node with everything it consists of. */
@Component(service = VaultNode.class)
public final class VaultNode {
    private final VaultSettings settings;
    private final HttpServer server;

    /** Takes the parts together. */
    @Activate
    public VaultNode(@Reference VaultSettings settings, @Reference HttpServer server) {
        this.settings = settings;
        this.server = server;
    }

    /** Begins to listen, and tells a person where. */
    void start(PrintStream out) {
        server.start();
        out.println("The vault listens on " + settings.host() + ":" + server.port() + " and is reached as "
                + String.join(", ", settings.publicAddresses()) + ".");
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }
}
