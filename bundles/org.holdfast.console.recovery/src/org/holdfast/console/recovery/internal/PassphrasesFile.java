package org.holdfast.console.recovery.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.agent.install.SealedPassphrases.Kept;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;

/** Opens the data of a server with the passphrase that a sealed file, as registering servers writes it, has for it. */
final class PassphrasesFile {
    private PassphrasesFile() {
    }

    /**
     * Opens it in the background; fails with a {@code HoldfastException} when the file does not open or does not have
     * the server.
     *
     * @param secret the passphrase of the file; wiped at the end
     */
    static CompletableFuture<VaultConnection> open(Vaults vaults, ServerPlace place, String file, char[] secret) {
        return CompletableFuture.supplyAsync(() -> passphrase(place.server(), file, secret))
                .thenCompose(own -> vaults.openServer(place, own));
    }

    private static char[] passphrase(ServerSummary server, String file, char[] secret) {
        try {
            List<Kept> all = SealedPassphrases.read(Path.of(file), secret);
            try {
                return all.stream().filter(one -> isOf(one, server)).findFirst().orElseThrow(() -> missing(server))
                        .passphrase().clone();
            } finally {
                all.forEach(one -> Arrays.fill(one.passphrase(), '\0'));
            }
        } catch (InvalidPathException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + file + "' is not the path of a file.", "", e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** By the id; as long as that was not known, by what the host was called. */
    private static boolean isOf(Kept one, ServerSummary server) {
        String id = one.serverId();
        return id != null ? id.equals(server.id())
                : one.vault().equals(server.vault())
                        && (one.name().equals(server.name()) || one.name().equals(server.hostname()));
    }

    private static HoldfastException missing(ServerSummary server) {
        return new HoldfastException(Problem.INVALID_REQUEST, "The file has no passphrase of " + server.name() + ".",
                "Choose the file that was written when it was registered.");
    }
}
