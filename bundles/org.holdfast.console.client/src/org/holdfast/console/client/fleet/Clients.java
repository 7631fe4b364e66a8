package org.holdfast.console.client.fleet;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.holdfast.client.ClientSettings;
import org.holdfast.client.Identity;
import org.holdfast.client.PinSource;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;

/** Clients as a console wants them: a person waits, so they give up soon; the session comes back by itself. */
final class Clients {
    private static final RetryPolicy RETRY = new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(30));

    private Clients() {
    }

    /** A client of somebody who has a sign-in. */
    static VaultClient signedIn(SavedConnection to, String token, PinSource pins) {
        return new VaultClient(settings(to.address(), to.fingerprint()).as(new Identity.Token(token)), pins);
    }

    /** A client of somebody whose sign-in is renewed while it is used. */
    static VaultClient signedIn(SavedConnection to, Supplier<String> token, PinSource pins) {
        return new VaultClient(settings(to.address(), to.fingerprint()).as(new Identity.Session(token)), pins);
    }

    /** A client of nobody yet. */
    static VaultClient nobody(String address, String fingerprint) {
        return new VaultClient(settings(address, fingerprint));
    }

    private static ClientSettings settings(String address, String fingerprint) {
        return ClientSettings.of(List.of(address), new Trust.Pinned(fingerprint)).retrying(RETRY)
                .within(Duration.ofSeconds(10), Duration.ofSeconds(30)).named("holdfast-console");
    }
}
