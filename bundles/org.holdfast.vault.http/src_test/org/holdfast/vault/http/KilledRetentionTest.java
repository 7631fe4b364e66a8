package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.testkit.TestClock;
import org.holdfast.testkit.store.FaultyStore;
import org.holdfast.testkit.store.FaultyStore.When;
import org.holdfast.testkit.store.MemoryStore;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.Keeper;
import org.holdfast.vault.data.RetainOutcome;
import org.holdfast.vault.data.ServerStores;
import org.holdfast.vault.data.SessionService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node dies at each single call that retention, with its collection and compaction, makes to the store: the next run
 * ends what was begun, and no point that was to stay is hurt.
 */
@Timeout(600)
class KilledRetentionTest {
    private static final UUID VAULT = new UUID(1, 1);
    private static final UUID SERVER = new UUID(7, 1);
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
    private static final String POINTS = "points/";

    private @TempDir Path temp = Path.of("");
    private final TestClock clock = TestClock.still();
    private final MemoryStore store = new MemoryStore();
    private final List<String> made = new ArrayList<>();

    /** Gives one store, whatever the location. */
    private record Given(BlobStore store) implements StoreProvider {
        @Override
        public String scheme() {
            return "given";
        }

        @Override
        public boolean accepts(String location) {
            return true;
        }

        @Override
        public BlobStore open(String location) {
            return store;
        }

        @Override
        public BlobStore create(String location) {
            return store;
        }
    }

    @BeforeEach
    void backUp() throws IOException {
        Path data = Files.createDirectories(temp.resolve("data"));
        var service = new LocalVaultService(List.of(new Given(store)), List.of(new FilesSourceProvider()), clock);
        service.create("there", PASSPHRASE);
        for (int i = 0; i < 4; i++) {
            write(data, "same", 1000, 300_000);
            write(data, "large", 100 + i, 1_500_000);
            // Half of what each pack holds goes with its point, so that there is something to compact.
            write(data, "part" + i % 2, i, 400_000);
            try (OpenVault vault = service.open("there", PASSPHRASE)) {
                made.add(vault.backup(BackupRequest.of(List.of(RawPath.of(data.toString()))), p -> {
                }, new CancelToken()).point().id());
            }
            clock.advance(Duration.ofDays(1));
        }
    }

    private static void write(Path folder, String name, long seed, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.write(folder.resolve(name), bytes);
    }

    /** A node over a store, whose catalogue knows the points that are there. */
    private final class Node implements AutoCloseable {
        private final Catalog catalog = new Catalog(CatalogSettings.inMemory("killed-" + UUID.randomUUID()));

        Node(MemoryStore under) throws IOException {
            new SessionService(catalog, clock).open(VAULT, SERVER, new OpenSession("a", null, "backup"));
            try (var stores = stores(under)) {
                assertEquals(4, new CommitService(catalog, stores, List.of(), clock).reconcile(VAULT, SERVER));
            }
            catalog.run(h -> {
                Instant at = clock.instant().minus(Duration.ofDays(4));
                for (String id : made) {
                    h.createUpdate("update data_points set committed = :at where id = :id").bind("at", at)
                            .bind("id", id).execute();
                    at = at.plus(Duration.ofDays(1));
                }
            });
        }

        private ServerStores stores(BlobStore through) {
            return ServerStores.at(new Given(through), "there", clock);
        }

        RetainOutcome retain(BlobStore through) throws IOException {
            try (var stores = stores(through)) {
                return new Keeper(catalog, stores, List.of(), clock).retain(SERVER,
                        new RetentionRule(2, 0, 0, 0, 0), ZoneOffset.UTC, clock.instant(), false, new CancelToken());
            }
        }

        List<String> points() {
            return catalog.read(h -> Points.of(h, SERVER)).stream().map(PointRow::id).toList();
        }

        @Nullable
        IOException reconcile(BlobStore through) throws IOException {
            try (var stores = stores(through)) {
                new CommitService(catalog, stores, List.of(), clock).reconcile(VAULT, SERVER);
                return null;
            }
        }

        @Override
        public void close() {
            catalog.close();
        }
    }

    private static Set<String> manifests(MemoryStore under) {
        Set<String> names = new HashSet<>();
        under.list(POINTS, info -> names.add(info.name().substring(POINTS.length(), POINTS.length() + 32)));
        return names;
    }

    private void assertSound(MemoryStore under, String when) {
        var service = new LocalVaultService(List.of(new Given(under)), List.of(new FilesSourceProvider()), clock);
        try (OpenVault vault = service.open("there", PASSPHRASE)) {
            assertEquals(List.of(), vault.verify(true, p -> {
            }, new CancelToken()).damages(), when);
        }
    }

    @Test
    void nothingIsLostWhereverTheNodeDies() throws IOException {
        List<String> staying = made.subList(2, 4);
        int calls;
        try (Node node = new Node(store.copy())) {
            var counting = new FaultyStore(store.copy(), FaultyStore.WRITING);
            RetainOutcome whole = node.retain(counting);
            assertEquals(2, whole.removed().size());
            assertTrue(whole.bytesFreed() > 1_000_000 && whole.packsCompacted() + whole.packsRemoved() > 2,
                    whole.toString());
            calls = counting.calls();
        }
        assertTrue(calls > 10, "only " + calls + " calls");
        for (int n = 1; n <= calls; n++) {
            // The state after one call is that before the next, but for what is torn: each moment at every other call.
            for (When moment : List.of(n % 2 == 0 ? When.BEFORE : When.AFTER)) {
                String when = moment + " call " + n + " of " + calls;
                MemoryStore under = store.copy();
                try (Node node = new Node(under)) {
                    var dying = new FaultyStore(under.sibling(), FaultyStore.WRITING).powerCut(n, moment);
                    try {
                        node.retain(dying);
                    } catch (IOException | HoldfastException e) {
                        assertTrue(dying.fired(), when);
                    }
                    assertTrue(manifests(under).containsAll(staying), when);
                    assertTrue(node.points().containsAll(staying), when);

                    node.reconcile(under.sibling());
                    // What a dead collection has left behind counts as alive for a while.
                    clock.advance(Duration.ofDays(2));
                    node.retain(under.sibling());
                    node.retain(under.sibling());
                    clock.advance(Duration.ofDays(-2));

                    assertEquals(staying, node.points(), when);
                    assertEquals(Set.copyOf(staying), manifests(under), when);
                    assertSound(under, when);
                    List<String> left = new ArrayList<>();
                    under.list("tombstones/", info -> left.add(info.name()));
                    assertEquals(List.of(), left, when);
                    assertFalse(node.catalog.read(h -> Points.removing(h, SERVER)).iterator().hasNext(), when);
                }
            }
        }
    }
}
