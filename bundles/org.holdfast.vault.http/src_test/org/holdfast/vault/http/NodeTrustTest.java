package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.RetainOutcome;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores by the real engine through a real node, with a node that dies and comes back. */
@Timeout(300)
class NodeTrustTest {
    private static final UUID ONE = new UUID(7, 1);
    private static final String LOCATION = "vault://test/main/one";
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    private @TempDir Path temp = Path.of("");
    private final List<String> damages = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final TestClock clock = TestClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private DataNode node;
    private Path data;

    private final class Watcher implements DataObserver {
        @Override
        public void committing(Handle handle, PointRow point) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the node dies before its transaction is committed");
            }
        }

        @Override
        public void damaged(PointRow point, String damage) {
            damages.add(point.id());
        }
    }

    @BeforeEach
    void start() throws IOException {
        node = new DataNode(temp.resolve("node"), ObjectService.Policy.STANDARD, clock, new Watcher());
        data = Files.createDirectories(temp.resolve("data"));
        write("a", 1, 300_000);
        write("b", 2, 5_000_000);
        service("boot 1").create(LOCATION, PASSPHRASE);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        node.close();
    }

    private void write(String name, long seed, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.write(data.resolve(name), bytes);
    }

    private LocalVaultService service(String boot) {
        return service(boot, RetryPolicy.SHORT);
    }

    private LocalVaultService service(String boot, RetryPolicy retry) {
        VaultClient client = node.client(ONE.toString(), retry);
        open.addFirst(client);
        var settings = VaultStoreSettings.of(temp.resolve("cache"), boot, "backup", "job");
        return new LocalVaultService(List.of(new VaultStoreProvider(client, new Place.Own(), settings)),
                List.of(new FilesSourceProvider()), Clock.systemUTC());
    }

    private PointSummary backup(LocalVaultService service) {
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            return vault.backup(BackupRequest.of(List.of(RawPath.of(data.toString()))), p -> {
            }, new CancelToken()).point();
        }
    }

    private void assertRestores(LocalVaultService service, String point) throws IOException {
        Path to = Files.createTempDirectory(temp, "restored");
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            vault.restore(new RestoreRequest(point, List.of(), RawPath.of(to.toString()), IfExists.OVERWRITE, false,
                    false, false), p -> {
                    }, new CancelToken());
        }
        try (Stream<Path> files = Files.walk(to)) {
            assertEquals(2, files.filter(Files::isRegularFile).filter(NodeTrustTest.this::isAsInData).count());
        }
    }

    private boolean isAsInData(Path file) {
        try {
            return Files.mismatch(file, data.resolve(file.getFileName())) == -1;
        } catch (IOException e) {
            return false;
        }
    }

    private List<PointRow> rows() {
        return node.catalog().read(h -> Points.of(h, ONE));
    }

    @Test
    void whatWasBackedUpComesBack() throws IOException {
        LocalVaultService service = service("boot 1");

        PointSummary point = backup(service);

        assertRestores(service, point.id());
        PointRow row = rows().getFirst();
        assertEquals(point.id(), row.id());
        assertEquals("completed", row.state());
        assertEquals("job", row.job());
        assertTrue(row.storedBytes() > 5_000_000);
        // The directory is an ordinary vault that can be rescued by hand.
        var byHand = new LocalVaultService(List.of(new DirectoryStoreProvider(Clock.systemUTC())),
                List.of(new FilesSourceProvider()), Clock.systemUTC());
        assertTrue(byHand.verify(node.objects(ONE).toString(), true, p -> {
        }, new CancelToken()).damages().isEmpty());
    }

    @Test
    void aCommitCutShortIsRepeatedByTheAgent() throws IOException {
        failures.set(1);
        LocalVaultService service = service("boot 1", RetryPolicy.NONE);
        assertThrows(HoldfastException.class, () -> backup(service));
        assertEquals(List.of(), rows(), "the manifest is stored, but the point is not in the catalogue");

        PointSummary point = backup(service);

        assertRestores(service, point.id());
        assertTrue(rows().stream().anyMatch(r -> r.id().equals(point.id())));
    }

    @Test
    void aCommitCutShortIsCompletedWhenTheNodeComesBack() throws IOException {
        failures.set(1);
        assertThrows(HoldfastException.class, () -> backup(service("boot 1", RetryPolicy.NONE)));
        node.stop();
        node.start();

        assertEquals(1, node.commits().reconcile(DataNode.VAULT, ONE));
        assertEquals(0, node.commits().reconcile(DataNode.VAULT, ONE));

        assertRestores(service("boot 2"), rows().getFirst().id());
        assertEquals(List.of(), damages);
    }

    @Test
    void aPointWithoutItsManifestIsTold() throws IOException {
        PointSummary point = backup(service("boot 1"));
        Path manifest = node.objects(ONE).resolve("points").resolve(rows().getFirst().name());
        Path away = Files.move(manifest, temp.resolve("away"));

        node.commits().reconcile(DataNode.VAULT, ONE);
        node.commits().reconcile(DataNode.VAULT, ONE);

        assertEquals(List.of(point.id()), damages, "told once");
        assertNotNull(rows().getFirst().damage());
        Files.move(away, manifest);
        node.commits().reconcile(DataNode.VAULT, ONE);
        assertNull(rows().getFirst().damage());
    }

    @Test
    void aForgedManifestIsNoPoint() throws IOException {
        backup(service("boot 1"));
        Path points = node.objects(ONE).resolve("points");
        byte[] bytes = Files.readAllBytes(points.resolve(rows().getFirst().name()));
        bytes[bytes.length - 1] ^= 1;
        Files.write(points.resolve("a".repeat(64)), bytes);

        assertEquals(0, node.commits().reconcile(DataNode.VAULT, ONE));
        assertEquals(1, rows().size());
    }

    @Test
    void aBackupOutlivesARestartOfTheNode() throws Exception {
        for (int i = 0; i < 12; i++) {
            write("large" + i, 100 + i, 12_000_000);
        }
        var patient = new RetryPolicy(60, Duration.ofMillis(50), Duration.ofMillis(500));
        LocalVaultService service = service("boot 1", patient);
        Path packs = node.objects(ONE).resolve("data");
        Thread restart = Thread.ofPlatform().start(() -> {
            awaitFiles(packs);
            node.stop();
            node.start();
        });

        PointSummary point = backup(service);

        restart.join();
        assertEquals(point.id(), rows().getFirst().id());
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            assertEquals(List.of(), vault.verify(true, p -> {
            }, new CancelToken()).damages());
        }
    }

    private static void awaitFiles(Path folder) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
                if (files.filter(Files::isRegularFile).count() > 1) {
                    return;
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                // Folders appear while they are listed.
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aNewRunOfTheAgentEndsTheOldOne() {
        LocalVaultService old = service("boot 1");
        backup(old);
        try (OpenVault vault = old.open(LOCATION, PASSPHRASE)) {
            // Both have sessions only while they write, so the old one begins, and the new one comes in between.
            node.sessions().open(DataNode.VAULT, ONE,
                    new org.holdfast.protocol.data.OpenSession("boot 1", null, "backup"));
            backup(service("boot 2"));
            assertEquals(2, rows().size());
        }
    }

    @Test
    void newPointsPushOutNoOldOnes() throws IOException {
        LocalVaultService service = service("boot 1");
        Instant first = clock.instant();
        List<String> nightly = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            clock.set(first.plus(Duration.ofDays(day)));
            nightly.add(backup(service).id());
        }
        clock.set(first.plus(Duration.ofDays(4)));
        for (int junk = 0; junk < 5; junk++) {
            backup(service);
        }
        var rule = new RetentionRule(0, 3, 0, 0, 0);

        RetainOutcome plan = node.keeper().retain(ONE, rule, clock.instant(), true);
        assertEquals(2, plan.removed().size());
        assertEquals(9, rows().size(), "a dry run removes nothing");
        RetainOutcome done = node.keeper().retain(ONE, rule, clock.instant(), false);

        assertEquals(plan.removed().stream().map(PointRow::id).toList(),
                done.removed().stream().map(PointRow::id).toList());
        List<String> left = rows().stream().map(PointRow::id).toList();
        assertEquals(7, left.size());
        assertTrue(left.containsAll(nightly.subList(2, 4)), "the nights within the daily span stay");
        assertFalse(left.contains(nightly.getFirst()));
        assertRestores(service, left.getFirst());
    }

    @Test
    void anomalousPointsNeverStandForADay() throws IOException {
        LocalVaultService service = service("boot 1");
        Instant first = clock.instant();
        String good = backup(service).id();
        for (int day = 1; day < 30; day++) {
            clock.set(first.plus(Duration.ofDays(day)));
            if (day % 6 == 0) {
                String name = nameOf(backup(service).id());
                node.catalog().run(h -> Points.setAnomalous(h, ONE, name, true));
            }
        }

        node.keeper().retain(ONE, new RetentionRule(1, 2, 0, 0, 0), clock.instant().plus(Duration.ofDays(9)), false);

        assertTrue(rows().stream().anyMatch(r -> r.id().equals(good)), "the last good one stays");
        assertRestores(service, good);
    }

    private String nameOf(String id) {
        return rows().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow().name();
    }

    @Test
    void collectsWhatNothingNeedsWithoutAnyKey() throws IOException {
        LocalVaultService service = service("boot 1");
        backup(service);
        write("b", 99, 6_000_000);
        clock.advance(Duration.ofDays(5));
        PointSummary last = backup(service);
        clock.advance(Duration.ofDays(5));

        RetainOutcome done = node.keeper().retain(ONE, new RetentionRule(1, 0, 0, 0, 0), clock.instant(), false);

        assertEquals(1, done.removed().size());
        assertTrue(done.bytesFreed() > 4_000_000, "freed " + done.bytesFreed());
        assertRestores(service, last.id());
        assertEquals(Problem.POINT_NOT_FOUND, assertThrows(HoldfastException.class,
                () -> assertRestores(service, done.removed().getFirst().id())).problem());
    }
}
