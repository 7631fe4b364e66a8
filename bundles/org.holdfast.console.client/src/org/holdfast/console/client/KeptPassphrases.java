package org.holdfast.console.client;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;

/**
 * The passphrases of a server in a safe place. Of several versions the newest that opens its data is taken: the data
 * may be older than a change.
 */
final class KeptPassphrases {
    private static final int MOST = 20;

    private final KeyHolder holder;
    private final ServerSummary server;
    private final String url;

    KeptPassphrases(KeyHolder holder, ServerSummary server, String url) {
        this.holder = holder;
        this.server = server;
        this.url = url;
    }

    /**
     * Opens something with the first that fits; blocks.
     *
     * @param opener fails with {@link Problem#WRONG_PASSPHRASE} when it does not fit
     * @param made makes the result; the passphrase is wiped afterwards
     */
    <V, T> T open(Function<char[], V> opener, BiFunction<V, char[], T> made) {
        try {
            List<String> versions = new ArrayList<>();
            for (String place : places()) {
                versions.addAll(holder.versions(place));
            }
            for (String version : versions.subList(0, Math.min(MOST, versions.size()))) {
                char[] passphrase = holder.read(version);
                try {
                    return made.apply(opener.apply(passphrase), passphrase);
                } catch (HoldfastException e) {
                    if (e.problem() != Problem.WRONG_PASSPHRASE) {
                        throw e;
                    }
                } finally {
                    Arrays.fill(passphrase, '\0');
                }
            }
        } catch (NoSuchFileException e) {
            throw missing(e);
        } catch (IOException e) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The passphrase cannot be read: " + e.getMessage()
                    + ".", "Try again.", e);
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, "No passphrase that is kept at " + url
                + " opens the data of " + server.name() + ".", "Look whether versions of the secret are disabled.");
    }

    private List<String> places() throws IOException {
        List<String> found = holder.find(url, Map.of(KeyNote.SERVER, server.id()));
        if (found.isEmpty()) {
            found = holder.find(url, Map.of(KeyNote.VAULT, server.vault(), KeyNote.HOST, server.name()));
        }
        if (found.isEmpty()) {
            throw missing(null);
        }
        return found;
    }

    private HoldfastException missing(@Nullable Throwable cause) {
        return new HoldfastException(Problem.INVALID_REQUEST, "No passphrase of " + server.name() + " is kept at " + url
                + ".", "Give the identifier of its secret.", cause);
    }
}
