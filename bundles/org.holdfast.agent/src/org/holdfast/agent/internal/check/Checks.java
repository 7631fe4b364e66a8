package org.holdfast.agent.internal.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.client.ProxySettings;
import org.holdfast.protocol.people.CredentialsFile;

/** Everything there is to check, before the installation and at any time later. */
public final class Checks {
    private final AgentHome home;
    private final KeyHolders keys;
    private final @Nullable ProxySettings proxy;
    private final Clock clock;

    /** @param proxy the way out, or null */
    public Checks(AgentHome home, KeyHolders keys, @Nullable ProxySettings proxy, Clock clock) {
        this.home = home;
        this.keys = keys;
        this.proxy = proxy;
        this.clock = clock;
    }

    /**
     * Checks.
     *
     * @param credentials file with the vault to check when the server is not registered yet, or null
     * @param selected what is to be protected, for the room of the cache; may be empty
     */
    public List<CheckStep> run(@Nullable CredentialsFile credentials, List<Path> selected) throws IOException {
        Registration registration = home.registration().filter(Registration::isComplete).orElse(null);
        List<CheckStep> steps = new ArrayList<>(new LocalChecks(home, keys, clock).run(registration, selected));
        List<String> addresses;
        String ca;
        if (credentials != null) {
            addresses = credentials.addresses();
            ca = credentials.ca();
            steps.add(credentials.expires().isAfter(clock.instant())
                    ? CheckStep.ok("credentials", "valid until " + credentials.expires())
                    : CheckStep.failed("credentials", "expired at " + credentials.expires(),
                            "Download a new file from the vault."));
        } else if (registration != null) {
            addresses = registration.addresses();
            ca = registration.ca();
        } else {
            steps.add(CheckStep.warning("registration", "this server is not registered",
                    "Register it, or check the way to a vault with --credentials FILE."));
            return steps;
        }
        var network = new NetworkChecks(ca, proxy, clock, SystemFacts.VERSION);
        for (String address : addresses) {
            steps.addAll(network.run(address));
        }
        return steps;
    }
}
