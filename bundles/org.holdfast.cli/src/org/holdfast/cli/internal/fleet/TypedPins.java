package org.holdfast.cli.internal.fleet;

import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.client.PinSource;
import org.holdfast.client.VaultClient;

/** Security PINs of a command: one from the environment, or one for the password that the person types. */
final class TypedPins implements PinSource {
    private static final String VARIABLE = "HOLDFAST_SECURITY_PIN";

    private final Invocation call;
    private final String user;

    TypedPins(Invocation call, String user) {
        this.call = call;
        this.user = user;
    }

    @Override
    public @Nullable String pin(VaultClient client, String what) {
        String given = call.environment().variables().get(VARIABLE);
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        call.err().println(what);
        call.err().flush();
        char[] password = call.environment().prompt()
                .ask("Password of " + user + " (of Entra ID: sign in again first, then leave it empty): ");
        if (password == null) {
            return null;
        }
        try {
            return client.securityPin(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
