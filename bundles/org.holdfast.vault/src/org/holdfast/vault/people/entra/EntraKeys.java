package org.holdfast.vault.people.entra;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.people.entra.Authority.Published;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.nimbusds.jose.jwk.RSAKey;

/**
 * The keys with which an authority signs. They are read once a day, and when a token names one that is not known, but
 * never more often than twice a minute, whatever strangers send. While the authority is away those that are known
 * count on, for a week. Each node of a vault has its own. Thread-safe; one call at a time asks the authority.
 */
@Component(service = EntraKeys.class)
public final class EntraKeys {
    /** Keys of that age are read again. */
    public static final Duration FRESH = Duration.ofHours(24);
    /** Time between two attempts to read them. */
    public static final Duration PAUSE = Duration.ofSeconds(30);
    /** So old they count no more. */
    public static final Duration MOST_AGE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(EntraKeys.class);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Authority authority;
    private @Nullable Published known;
    private Instant read = Instant.MIN;
    private Instant tried = Instant.MIN;
    private @Nullable String problem;

    /** With nothing known yet. */
    @Activate
    public EntraKeys(@Reference Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known now.
     *
     * @param issuer whose keys these are
     * @param keys how many
     * @param problem why the last attempt to read them failed, null when it did not
     */
    public record State(@Nullable String issuer, int keys, @Nullable String problem) {
    }

    /** Reads the keys now and tells how that went. */
    public State check(Authority of) {
        lock.lock();
        try {
            select(of);
            refresh(of, clock.instant());
            Published now = known;
            return new State(now == null ? null : now.issuer(), now == null ? 0 : now.keys().size(), problem);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whose tokens are taken.
     *
     * @throws Refusal with code {@code entra-authority-away}
     */
    String issuer(Authority of) {
        lock.lock();
        try {
            return usable(of).issuer();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The key of an id.
     *
     * @throws Refusal with code {@code entra-authority-away}
     */
    Optional<RSAKey> find(Authority of, String id) {
        lock.lock();
        try {
            RSAKey key = usable(of).keys().get(id);
            Instant now = clock.instant();
            if (key == null && mayTry(now)) {
                refresh(of, now);
                key = usable(of).keys().get(id);
            }
            return Optional.ofNullable(key);
        } finally {
            lock.unlock();
        }
    }

    private Published usable(Authority of) {
        select(of);
        Instant now = clock.instant();
        boolean old = known == null || age(now).compareTo(FRESH) >= 0;
        if (old && mayTry(now)) {
            refresh(of, now);
        }
        Published present = known;
        if (present == null || age(now).compareTo(MOST_AGE) > 0) {
            throw new Refusal(Kind.UNAVAILABLE, "entra-authority-away",
                    "The vault cannot read the keys of " + of.address() + ": " + problem + ".",
                    "Does the vault reach it? Until then a local account can sign in.");
        }
        return present;
    }

    /** How old the keys are; those that a clock which was ahead has read are as old as can be, and are read again. */
    private Duration age(Instant now) {
        return read.isAfter(now.plus(PAUSE)) || read.equals(Instant.MIN) ? MOST_AGE : Duration.between(read, now);
    }

    private boolean mayTry(Instant now) {
        return tried.equals(Instant.MIN) || tried.isAfter(now) || !now.isBefore(tried.plus(PAUSE));
    }

    private void select(Authority of) {
        if (!of.equals(authority)) {
            authority = of;
            known = null;
            read = Instant.MIN;
            tried = Instant.MIN;
            problem = null;
        }
    }

    private void refresh(Authority of, Instant now) {
        tried = now;
        try {
            known = of.read();
            read = now;
            problem = null;
        } catch (IOException e) {
            String message = e.getMessage();
            problem = message == null || message.isEmpty() ? e.getClass().getSimpleName() : message;
            LOG.warn("The keys of {} cannot be read: {}", of.address(), problem);
            LOG.debug("keys", e);
        }
    }
}
