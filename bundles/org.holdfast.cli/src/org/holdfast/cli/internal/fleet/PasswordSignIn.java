package org.holdfast.cli.internal.fleet;

import org.holdfast.client.Call;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;

/**
 * The calls by which a person signs in to a vault server.
 *
 * @param address of the server
 * @param pin fingerprint of its authority
 */
record PasswordSignIn(String address, String pin) {

    /** Signs in; the answer has a token, which may be good for nothing but {@link #change}. */
    LoginAnswer with(String user, char[] password) {
        try (VaultClient client = Remote.client(address, pin, null)) {
            // Each sign-in makes a token, so the call is not one to be repeated.
            return client.send(Call.post(Remote.path("login"), new LoginRequest(user, new String(password))).once(),
                    LoginAnswer.class).body();
        }
    }

    /**
     * Sets another password, which ends all sign-ins of the account, and signs in with it.
     *
     * @param first answer to the sign-in with the old one
     */
    LoginAnswer change(LoginAnswer first, char[] old, char[] chosen) {
        try (VaultClient client = Remote.client(address, pin, first.token())) {
            client.post(Remote.path("users", first.user(), "password"),
                    new ChangePassword(new String(old), new String(chosen)), Void.class);
        }
        return with(first.user(), chosen);
    }
}
