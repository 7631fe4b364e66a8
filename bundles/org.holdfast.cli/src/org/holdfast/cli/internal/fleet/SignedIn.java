package org.holdfast.cli.internal.fleet;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.Call;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;

/**
 * A person who is signed in to a vault server for as long as this process runs.
 *
 * @param client with the person's token
 * @param cache folder for what is read from the server
 */
public record SignedIn(VaultClient client, Path cache) implements AutoCloseable {

    /** Signs in for the first time, with a one-time secret and a new password. */
    public static SignedIn first(String address, String fingerprint, String user, String secret, String password,
            Path cache) {
        String pin = Authority.typed(fingerprint);
        LoginAnswer once;
        try (VaultClient nobody = Remote.client(address, pin, null)) {
            once = login(nobody, user, secret);
        }
        try (VaultClient newcomer = Remote.client(address, pin, once.token())) {
            newcomer.post(Remote.path("users", user, "password"), new ChangePassword(secret, password), Void.class);
            LoginAnswer answer = login(newcomer, user, password);
            return new SignedIn(Remote.client(address, pin, answer.token()), cache);
        }
    }

    private static LoginAnswer login(VaultClient client, String user, String password) {
        return client.send(Call.post(Remote.path("login"), new LoginRequest(user, password)).once(),
                LoginAnswer.class).body();
    }

    /** Path of a vault in the API. */
    public String vault(String name) {
        return Remote.path("vaults", name);
    }

    /**
     * Opens the data of a server with its passphrase.
     *
     * @param passphrase wiped
     */
    public OpenVault open(String vault, String server, char[] passphrase, Clock clock) {
        var store = new VaultStoreProvider(client, new Place.OfServer(vault, server),
                VaultStoreSettings.of(cache.resolve(server), UUID.randomUUID().toString(), "restore", null));
        try {
            return new LocalVaultService(List.of(store), List.of(new FilesSourceProvider()), clock)
                    .open("vault://" + vault + "/" + server, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
