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
import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.keys.KeyFinding;
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

    /** Checks, with the place for passphrases that is in use. */
    public List<CheckStep> run(@Nullable CredentialsFile credentials, List<Path> selected) throws IOException {
        return run(credentials, selected, null);
    }

    /**
     * Checks.
     *
     * @param credentials file with the vault to check when the server is not registered yet, or null
     * @param selected what is to be protected, for the room of the cache; may be empty
     * @param keyLocation a safe place for passphrases to try instead of the one in use, or null
     */
    public List<CheckStep> run(@Nullable CredentialsFile credentials, List<Path> selected,
            @Nullable String keyLocation) throws IOException {
        Registration registration = home.registration().filter(Registration::isComplete).orElse(null);
        List<CheckStep> steps = new ArrayList<>(new LocalChecks(home, keys, clock).run(registration, selected));
        String place = keyLocation == null && registration != null ? registration.keyHolder() : keyLocation;
        if (place != null) {
            place(place, steps);
        }
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

    private void place(String location, List<CheckStep> steps) {
        try {
            for (KeyFinding found : keys.of(location).examine(location)) {
                steps.add(switch (found.level()) {
                    case OK -> CheckStep.ok(found.name(), found.detail());
                    case WARNING -> CheckStep.warning(found.name(), found.detail(), found.remedy());
                    case FAILED -> CheckStep.failed(found.name(), found.detail(), found.remedy());
                });
            }
        } catch (HoldfastException e) {
            steps.add(CheckStep.failed("key-location", String.valueOf(e.getMessage()), e.advice()));
        }
    }
}
