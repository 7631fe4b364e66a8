package org.holdfast.agent.internal.program;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.jobs.Domains;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.RegistrationLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.protocol.agent.Retirement;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the registration up. */
@Command(name = "unregister",
        description = "Gives the registration of this server up. Its passphrase stays where it is.")
final class UnregisterCommand extends AgentCommand {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private What what = new What();

    /** What becomes of the server at the vault. */
    static final class What {
        @Option(names = "--keep", description = "The vault keeps the server and its points; it may register again.")
        private boolean keep;

        @Option(names = "--retire", description = "The vault keeps the points, and nobody may connect as this server.")
        private boolean retire;

        @Option(names = "--request-deletion",
                description = "Retires the server and asks the vault's administrators to delete its points.")
        private boolean delete;
    }

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        Registration registration = registered(home);
        try (AutoCloseable lock = home.lock()) {
            if (lock == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "An agent runs for '" + home.root() + "'.",
                        "Stop it first.");
            }
            if (!what.keep) {
                var target = new Connector.Target(registration.addresses(), registration.ca(), home.chainFile(),
                        home.keyFile());
                Parts parts = environment().maker().parts(home);
                var domains = new Domains(registration, parts.keys(),
                        parts.connector().stores(target, UUID.randomUUID().toString()), parts.files());
                try (RegistrationLink link = parts.connector().registration(target);
                        OpenVault vault = domains.browse(parts.clock())) {
                    link.retire(new Retirement(what.delete, vault.prove(Retirement.PURPOSE,
                            registration.serverId().getBytes(StandardCharsets.US_ASCII))));
                }
            }
            home.forget();
        }
        String done = done(what);
        if (json()) {
            json(java.util.Map.of("serverId", registration.serverId(), "vault", registration.vault(), "done", done));
        } else {
            out().println("Unregistered from the vault '" + registration.vault() + "': " + done + ". The passphrase is"
                    + " still at " + registration.keyHolder() + "; whoever wants to restore needs it.");
        }
        return Program.DONE;
    }

    private static String done(@Nullable What what) {
        if (what == null || what.keep) {
            return "kept";
        }
        return what.delete ? "retired, deletion requested" : "retired";
    }
}
