package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.client.Call;
import org.holdfast.client.VaultClient;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;

/**
 * The objects of protected servers, read from a vault server with the sign-in of this user: {@code
 * vault://HOST:PORT/VAULT/SERVER}. That and the passphrase are all that a restore needs when the server itself is gone.
 */
public final class ServerStores implements StoreProvider {
    /** What such locations begin with. */
    public static final String PREFIX = "vault://";
    private static final String SCHEME = "vault";

    private final Map<String, String> variables;
    private final Clock clock;

    /**
     * @param variables environment variables, which tell where the sign-in is kept
     * @param clock says whether that is over soon
     */
    public ServerStores(Map<String, String> variables, Clock clock) {
        this.variables = variables;
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean accepts(String location) {
        return location.startsWith(PREFIX);
    }

    @Override
    public BlobStore open(String location) throws IOException {
        String[] parts = location.substring(PREFIX.length()).split("/", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + location + "' names no server.",
                    "Give vault://HOST:PORT/VAULT/SERVER.");
        }
        Login login = EntraDoor.current(variables, clock);
        if (login == null || !login.address().equals(parts[0])) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "You are not signed in to " + parts[0] + ".",
                    "Use 'holdfast login " + parts[0] + "'.");
        }
        VaultClient client = Remote.client(login, variables, clock);
        boolean opened = false;
        try {
            List<ServerSummary> servers = Remote.all(client, Call.get(Remote.path("vaults", parts[1], "servers")),
                    ServerSummary.class);
            var server = Remote.pick("server", parts[2], servers, ServerSummary::id, ServerSummary::name);
            Path folder = new LoginFile(variables).path().resolveSibling("cache").resolve(server.id());
            var provider = new VaultStoreProvider(client, new Place.OfServer(parts[1], server.id()),
                    VaultStoreSettings.of(folder, UUID.randomUUID().toString(), "restore", null));
            BlobStore store = provider.open(location);
            opened = true;
            return new ClosingStore(store, client);
        } finally {
            if (!opened) {
                client.close();
            }
        }
    }

    @Override
    public BlobStore create(String location) throws IOException {
        throw new AccessDeniedException(location, null, "A server makes its own place when it is registered");
    }
}
