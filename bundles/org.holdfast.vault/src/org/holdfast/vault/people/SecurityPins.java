package org.holdfast.vault.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.holdfast.protocol.people.SecurityPin;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.people.PinTable;
import org.holdfast.vault.catalog.people.PinTable.PinRow;
import org.holdfast.vault.catalog.people.TokenTable;
import org.holdfast.vault.catalog.people.UserRow;
import org.holdfast.vault.catalog.people.UserTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * One-time security PINs: where there is no second person, who wants to do what is {@link Critical} shows with the
 * password, minutes before, that it is not just a stolen token that calls. A PIN is given out for the password, counts
 * for five minutes and for one call, and ends after a few wrong ones. Thread-safe.
 */
@Component(service = SecurityPins.class)
public final class SecurityPins {
    /** So long a PIN counts. */
    public static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST_FAILURES = 5;
    private static final int DIGITS = 8;
    private static final int BOUND = 100_000_000;

    private final Catalog catalog;
    private final Clock clock;
    private final SignIn signIn;
    private final SecureRandom random = new SecureRandom();

    /** Over a catalogue. */
    @Activate
    public SecurityPins(@Reference Catalog catalog, @Reference Clock clock, @Reference SignIn signIn) {
        this.catalog = catalog;
        this.clock = clock;
        this.signIn = signIn;
    }

    /** Whether what is critical needs a PIN while there is no second person; true unless somebody decided otherwise. */
    public boolean required() {
        return catalog.<Boolean>read(h -> PinTable.required(h).orElse(true));
    }

    /** Decides whether it does. To do without is critical itself. */
    public void setRequired(boolean required) {
        catalog.run(h -> {
            if (!required && PinTable.required(h).orElse(true)) {
                Critical.require("do without security PINs");
            }
            PinTable.setRequired(h, required);
        });
    }

    /**
     * Gives a PIN for the password. The vault knows no password of somebody of Entra ID: there a sign-in that is
     * minutes old stands for it, and what was typed does not matter.
     *
     * @param origin network address
     * @throws Refusal as signing in does, or with code {@code pin-sign-in-again}
     */
    public SecurityPin issue(SignedIn who, String password, String origin) {
        if (catalog.read(h -> UserTable.byName(h, who.user())).filter(UserRow::local).isPresent()) {
            signIn.confirm(who.user(), password, origin);
        } else {
            requireFresh(who);
        }
        String pin = String.format(Locale.ROOT, "%0" + DIGITS + "d", random.nextInt(BOUND));
        Instant expires = clock.instant().plus(LIFE);
        catalog.run(h -> PinTable.put(h, who.user(), new PinRow(hash(who.user(), pin), expires, 0)));
        return new SecurityPin(pin, expires);
    }

    private void requireFresh(SignedIn who) {
        Instant now = clock.instant();
        Instant since = catalog.read(h -> TokenTable.created(h, who.tokenHash())).orElse(Instant.MIN);
        if (since.isBefore(now.minus(LIFE)) || since.isAfter(now)) {
            throw new Refusal(Kind.FORBIDDEN, "pin-sign-in-again",
                    "A security PIN for somebody of Entra ID needs a sign-in of the last " + LIFE.toMinutes()
                            + " minutes.",
                    "Sign in with Entra ID again, and do the same at once.");
        }
    }

    private static String hash(String account, String pin) {
        return Secrets.hash(account + "\n" + pin);
    }

    /**
     * Uses a PIN up.
     *
     * @throws Refusal with code {@code pin-wrong} when it is not the one that counts
     */
    void spend(String account, String pin) {
        Instant now = clock.instant();
        boolean right = catalog.<Boolean>write(h -> {
            PinRow row = PinTable.lock(h, account).orElse(null);
            if (row == null) {
                return false;
            }
            // One that ends later than any can was made by a clock that was wrong.
            boolean counts = now.isBefore(row.expires()) && !row.expires().isAfter(now.plus(LIFE));
            boolean same = MessageDigest.isEqual(row.hash().getBytes(StandardCharsets.US_ASCII),
                    hash(account, pin).getBytes(StandardCharsets.US_ASCII));
            if (counts && !same && row.failures() + 1 < MOST_FAILURES) {
                PinTable.put(h, account, new PinRow(row.hash(), row.expires(), row.failures() + 1));
            } else {
                PinTable.remove(h, account);
            }
            return counts && same;
        });
        if (!right) {
            throw new Refusal(Kind.FORBIDDEN, "pin-wrong", "The security PIN is wrong, used, or older than "
                    + LIFE.toMinutes() + " minutes.", "Get a new one.");
        }
    }

    /** What is said when there has to be one. */
    static Refusal needed(String what) {
        return new Refusal(Kind.FORBIDDEN, "pin-needed", "This needs a security PIN: " + what + ".",
                "Get one for your password with 'holdfast security pin', and do the same again within "
                        + LIFE.toMinutes() + " minutes with the PIN in HOLDFAST_SECURITY_PIN.");
    }
}
