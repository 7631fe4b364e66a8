package org.holdfast.cli.internal.fleet;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.people.LoginAnswer;
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
        var door = new PasswordSignIn(address, Authority.typed(fingerprint));
        char[] once = secret.toCharArray();
        LoginAnswer answer = door.change(door.with(user, once), once, password.toCharArray());
        return new SignedIn(Remote.client(address, door.pin(), answer.token()), cache);
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
