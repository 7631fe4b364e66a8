package org.holdfast.vault.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.VaultClient;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;
import org.holdfast.testkit.store.BlobStoreContract;
import org.holdfast.vault.data.ObjectService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises of a store, kept over the wire. The node takes any name here, because the contract is about any; what a
 * real one takes is in {@link DataPathTest}. The full disk needs root, for a small file system.
 */
class VaultStoreContractTest extends BlobStoreContract {
    private @TempDir Path temp = Path.of("");
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, VaultStoreProvider> providers = new HashMap<>();
    private Optional<DataNode> node = Optional.empty();
    private Optional<Path> mounted = Optional.empty();

    private DataNode node() {
        if (node.isEmpty()) {
            node = Optional.of(new DataNode(temp.resolve("node"), new ObjectService.Policy(0, true),
                    Clock.systemUTC()));
            open.add(node.get());
        }
        return node.get();
    }

    private VaultStoreProvider provider(DataNode at, String location) {
        return providers.computeIfAbsent(location, l -> {
            VaultClient client = at.client(l.substring(l.lastIndexOf('/') + 1), RetryPolicy.SHORT);
            open.add(0, client);
            return new VaultStoreProvider(client, new Place.Own(),
                    VaultStoreSettings.of(temp.resolve("cache" + providers.size()), "boot", "test", null));
        });
    }

    @Override
    protected StoreProvider provider() {
        return new StoreProvider() {
            @Override
            public String scheme() {
                return "vault";
            }

            @Override
            public boolean accepts(String location) {
                return provider(node(), location).accepts(location);
            }

            @Override
            public BlobStore open(String location) throws IOException {
                return provider(node(), location).open(location);
            }

            @Override
            public BlobStore create(String location) throws IOException {
                return provider(node(), location).create(location);
            }
        };
    }

    @Override
    protected String freshLocation() {
        return "vault://127.0.0.1:" + node().port() + "/main/" + UUID.randomUUID();
    }

    @Override
    protected Optional<BlobStore> smallStore() throws IOException {
        Path small = Files.createDirectory(temp.resolve("small"));
        if (!run("mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", small.toString())) {
            return Optional.empty();
        }
        mounted = Optional.of(small);
        Path store = Files.createDirectory(temp.resolve("smallnode"));
        Files.createSymbolicLink(store.resolve("store"), small);
        var full = new DataNode(store, new ObjectService.Policy(0, true), Clock.systemUTC());
        open.add(full);
        String location = "vault://small/" + UUID.randomUUID();
        return Optional.of(provider(full, location).create(location));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        if (mounted.isPresent()) {
            run("umount", mounted.get().toString());
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
