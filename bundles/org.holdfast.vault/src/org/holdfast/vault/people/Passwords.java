package org.holdfast.vault.people;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.holdfast.crypto.PasswordHash;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Makes and checks hashes of passwords, few at a time: each takes 64 MiB and some tenths of a second, and strangers may
 * ask for them. Thread-safe.
 */
@Component(service = Passwords.class)
public final class Passwords {

    /** Fewest characters of a password. */
    public static final int LEAST = 12;
    /** Most characters of a password. */
    public static final int MOST = 256;

    private static final int AT_A_TIME = 2;
    private static final long PATIENCE_SECONDS = 10;

    private final PasswordHash cost;
    private final String nobody;
    private final Semaphore room = new Semaphore(AT_A_TIME, true);

    /** With the usual cost. */
    @Activate
    public Passwords() {
        this(PasswordHash.DEFAULT);
    }

    /** With another cost. */
    public Passwords(PasswordHash cost) {
        this.cost = cost;
        this.nobody = cost.hash(Secrets.password().toCharArray());
    }

    /**
     * Checks whether a password may be chosen.
     *
     * @throws Refusal with code {@code password-refused}
     */
    public void requireGood(String user, String password) {
        int characters = password.codePointCount(0, password.length());
        if (characters < LEAST || characters > MOST) {
            throw refused("A password has " + LEAST + " to " + MOST + " characters.");
        }
        if (password.toLowerCase(Locale.ROOT).contains(user) && characters < LEAST + user.length()) {
            throw refused("A password is more than the name of the account.");
        }
        if (password.codePoints().distinct().count() < 5) {
            throw refused("A password has at least five different characters.");
        }
        for (int i = 0; i < password.length(); i++) {
            if (Character.isISOControl(password.charAt(i))) {
                throw refused("A password has no control characters.");
            }
        }
    }

    /** A hash to keep. */
    public String hash(String password) {
        return limited(() -> cost.hash(password.toCharArray()));
    }

    /** Whether a password is that of a hash. */
    public boolean verify(String password, String hash) {
        return limited(() -> PasswordHash.verify(password.toCharArray(), hash));
    }

    /** Takes as long as checking a password does, for an account that does not exist. */
    public void pretend(String password) {
        verify(password, nobody);
    }

    /** Whether a hash should be made again. */
    public boolean isOutdated(String hash) {
        return cost.isOutdated(hash);
    }

    private static Refusal refused(String message) {
        return new Refusal(Kind.UNACCEPTABLE, "password-refused", message, "Choose another password.", "password");
    }

    private <T> T limited(Supplier<T> work) {
        try {
            if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal(Kind.UNAVAILABLE, "busy", "Too many people sign in at this moment.",
                        "Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Kind.UNAVAILABLE, "busy", "The vault is stopping.", "Try again in a moment.");
        }
        try {
            return work.get();
        } finally {
            room.release();
        }
    }
}
