package org.holdfast.console.client.fleet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.PinSource;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;

/**
 * Gets security PINs for what this console does. One person is asked at a time, and what is done to many rows asks
 * once: a password that was right counts for another minute. Thread-safe.
 */
final class PinDesk {
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, Typed> typed = new HashMap<>();
    private volatile PasswordAsker asker = PasswordAsker.NOBODY;

    private record Typed(char[] password, long when) {
    }

    void asker(PasswordAsker other) {
        asker = other;
    }

    /** PINs for a connection. */
    PinSource of(SavedConnection connection) {
        return (client, what) -> pin(connection, client, what);
    }

    private synchronized @Nullable String pin(SavedConnection connection, VaultClient client, String what) {
        Typed known = typed.remove(connection.id());
        boolean wrong = false;
        while (true) {
            boolean fresh = known == null || System.nanoTime() - known.when() > REMEMBERED_NANOS;
            char @Nullable [] password = fresh || known == null ? asker.password(connection, what, wrong)
                    : known.password();
            if (fresh && known != null) {
                Arrays.fill(known.password(), '\0');
            }
            known = null;
            if (password == null) {
                return null;
            }
            try {
                String pin = client.securityPin(password);
                typed.put(connection.id(), new Typed(password, System.nanoTime()));
                return pin;
            } catch (RemoteException e) {
                Arrays.fill(password, '\0');
                if (!e.code().equals("sign-in-failed")) {
                    throw e;
                }
                wrong = true;
            }
        }
    }
}
