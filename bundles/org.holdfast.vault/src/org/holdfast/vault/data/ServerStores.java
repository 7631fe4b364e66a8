package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.engine.KeeperVault;
import org.holdfast.vault.VaultSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of servers. Those used last are kept open, a bounded number; no path of one server leads to another's. */
@Component(service = ServerStores.class)
public final class ServerStores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStores.class);
    private static final int KEPT_OPEN = 256;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final StoreProvider provider;
    private final StoreProvider folders;
    private final String root;
    private final Clock clock;
    private final LinkedHashMap<UUID, ServerStore> open = new LinkedHashMap<>(16, 0.75f, true);

    /** For the service registry. */
    @Activate
    public ServerStores(@Reference List<StoreProvider> providers,
            @Reference VaultSettings settings,
            @Reference Clock clock) {
        this(accepting(providers, settings.storeLocation()), directories(providers), settings.storeLocation(), clock);
    }

    /**
     * Puts it together by hand.
     *
     * @param root location below which each server gets its own
     */
    public static ServerStores at(StoreProvider provider, String root, Clock clock) {
        return new ServerStores(provider, provider, root, clock);
    }

    /** Not public: the component runtime tells constructors apart by the number of their parameters alone. */
    private ServerStores(StoreProvider provider, StoreProvider folders, String root, Clock clock) {
        this.provider = provider;
        this.folders = folders;
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        this.clock = clock;
    }

    private static StoreProvider accepting(List<StoreProvider> providers, String location) {
        return providers.stream().filter(p -> p.accepts(location)).findFirst()
                .orElseThrow(() -> new HoldfastException(Problem.INVALID_REQUEST,
                        "No kind of store that is installed understands '" + location + "'.",
                        "Give a folder, or azure://ACCOUNT.blob.core.windows.net/CONTAINER."));
    }

    private static StoreProvider directories(List<StoreProvider> providers) {
        return providers.stream().filter(p -> p.scheme().equals("directory")).findFirst()
                .orElseThrow(() -> new IllegalStateException("no store for directories is installed"));
    }

    /**
     * Where a server's objects are.
     *
     * @param vault id of its vault
     * @param server its id
     */
    public record Place(UUID vault, UUID server) {
    }

    /**
     * All places that there are, whatever the catalogue knows.
     *
     * @throws HoldfastException {@link Problem#INVALID_REQUEST} when the store is no folder
     */
    List<Place> places() throws IOException {
        if (!VaultSettings.isFolder(root)) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Only a store in a folder can be looked through yet.",
                    "Copy the objects into a folder and give that as the store.");
        }
        List<Place> places = new ArrayList<>();
        for (Path vault : folders(Path.of(root))) {
            for (Path server : folders(vault)) {
                places.add(new Place(UUID.fromString(vault.getFileName().toString()),
                        UUID.fromString(server.getFileName().toString())));
            }
        }
        return places;
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(Files::isDirectory).filter(path -> ID.matcher(path.getFileName().toString()).matches())
                    .sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** A server's store in use; close it when done. */
    public final class ServerStore implements AutoCloseable {
        private final UUID vault;
        private final UUID server;
        private final BlobStore store;
        private final AtomicLong added = new AtomicLong();
        private @Nullable KeeperVault keeper;
        private int users;

        private ServerStore(UUID vault, UUID server, BlobStore store) {
            this.vault = vault;
            this.server = server;
            this.store = store;
        }

        /** Its objects. */
        public BlobStore store() {
            return store;
        }

        /** Bytes stored since somebody last asked. */
        public AtomicLong added() {
            return added;
        }

        /**
         * The vault in it as its keeper sees it.
         *
         * @throws NoSuchFileException when there is none yet
         */
        public synchronized KeeperVault keeper() throws IOException {
            KeeperVault known = keeper;
            if (known == null) {
                known = KeeperVault.open(store, clock);
                keeper = known;
            }
            return known;
        }

        @Override
        public void close() {
            release(this);
        }

        private void shut() {
            KeeperVault known = keeper;
            if (known != null) {
                known.close();
            }
            try {
                store.close();
            } catch (IOException e) {
                LOG.warn("closing the store of server {}", server, e);
            }
        }
    }

    private String location(UUID vault, UUID server) {
        return root + "/" + vault + "/" + server;
    }

    /**
     * Opens a server's store.
     *
     * @throws NoSuchFileException when it has none
     */
    public ServerStore open(UUID vault, UUID server) throws IOException {
        return open(vault, server, false);
    }

    /** Opens a server's store, making it when there is none. */
    public ServerStore openOrCreate(UUID vault, UUID server) throws IOException {
        return open(vault, server, true);
    }

    private synchronized ServerStore open(UUID vault, UUID server, boolean create) throws IOException {
        ServerStore found = open.get(server);
        if (found == null) {
            found = new ServerStore(vault, server, store(location(vault, server), create));
            open.put(server, found);
        }
        found.users++;
        evict();
        return found;
    }

    private BlobStore store(String location, boolean create) throws IOException {
        try {
            return provider.open(location);
        } catch (NoSuchFileException e) {
            if (!create) {
                throw e;
            }
            try {
                return provider.create(location);
            } catch (FileAlreadyExistsException raced) {
                return provider.open(location);
            }
        }
    }

    /**
     * Opens a folder of objects that is no server's store, for example one on a disk that somebody brought.
     *
     * @throws NoSuchFileException when there is none
     */
    BlobStore elsewhere(Path folder) throws IOException {
        return folders.open(folder.toString());
    }

    /** Bytes that servers of a vault have stored and that no commit has counted yet. */
    synchronized long uncommitted(UUID vault) {
        return open.values().stream().filter(each -> each.vault.equals(vault)).mapToLong(each -> each.added.get())
                .sum();
    }

    private void evict() {
        Iterator<Map.Entry<UUID, ServerStore>> oldest = open.entrySet().iterator();
        while (open.size() > KEPT_OPEN && oldest.hasNext()) {
            ServerStore candidate = oldest.next().getValue();
            if (candidate.users == 0 && candidate.added.get() == 0) {
                oldest.remove();
                candidate.shut();
            }
        }
    }

    private synchronized void release(ServerStore used) {
        used.users--;
    }

    /** Closes all stores; nobody may be using them any more. */
    @Deactivate
    @Override
    public synchronized void close() {
        open.values().forEach(ServerStore::shut);
        open.clear();
    }
}
