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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PointForecast;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.data.AbandonedData;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.data.Deletions;
import org.holdfast.vault.data.Forecasts;
import org.holdfast.vault.data.Housekeeping;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.VaultClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of real recovery points in a node: expiry, deletion, the way back, immutability, wrong clocks. */
@Timeout(300)
class RetentionLifeTest {
    private static final UUID SERVER = new UUID(7, 1);
    private static final String LOCATION = "vault://test/main/one";
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    private @TempDir Path temp = Path.of("");
    private final TestClock clock = TestClock.at(Instant.parse("2026-11-23T07:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final List<@Nullable String> doubts = new CopyOnWriteArrayList<>();
    private DataNode node;
    private VaultClient client;
    private LocalVaultService service;
    private Path data;
    private VaultClock vaultClock;
    private Forecasts forecasts;
    private Deletions deletions;
    private Housekeeping housekeeping;

    private final class Watcher implements DataObserver {
        @Override
        public void clock(@Nullable String doubt) {
            doubts.add(doubt);
        }
    }

    @BeforeEach
    void start() throws IOException {
        var watcher = new Watcher();
        node = new DataNode(temp.resolve("node"), ObjectService.Policy.STANDARD, clock, watcher);
        client = node.client(SERVER.toString(), RetryPolicy.NONE);
        var settings = VaultStoreSettings.of(temp.resolve("cache"), "boot", "backup", "job");
        service = new LocalVaultService(List.of(new VaultStoreProvider(client, new Place.Own(), settings)),
                List.of(new FilesSourceProvider()), clock);
        service.create(LOCATION, PASSPHRASE);
        data = Files.createDirectories(temp.resolve("data"));
        vault("off", 14);
        server(new RetentionRule(1, 0, 0, 0, 0));
        vaultClock = new VaultClock(node.catalog(), List.of(watcher), clock, nanos::get);
        vaultClock.look();
        forecasts = new Forecasts(node.catalog(), vaultClock);
        var abandoned = new AbandonedData(node.catalog(), node.stores());
        deletions = new Deletions(node.catalog(), vaultClock, forecasts, abandoned, List.of(watcher));
        housekeeping = new Housekeeping(node.catalog(), node.commits(), node.sessions(), node.keeper(), abandoned,
                vaultClock, deletions, clock);
    }

    @AfterEach
    void stop() {
        housekeeping.close();
        client.close();
        node.close();
    }

    private void vault(String immutability, int days) {
        node.catalog().run(h -> {
            VaultTable.byId(h, DataNode.VAULT).ifPresentOrElse(
                    now -> VaultTable.update(h, row(immutability, days, now.version() + 1)),
                    () -> VaultTable.insert(h, row(immutability, days, 1)));
        });
    }

    private VaultRow row(String immutability, int days, long version) {
        return new VaultRow(DataNode.VAULT, "main", "", "", "", "{}", "local", immutability, days, false, null,
                clock.instant(), version, null);
    }

    private void server(RetentionRule rule) {
        Policy daily = Policy.standard("daily");
        Policy policy = new Policy(daily.name(), 1, "", List.of(), daily.exclusions(), daily.plan(), rule,
                daily.bandwidth(), null, null, 0, daily.changeDetection(), false, 0);
        node.catalog().run(h -> {
            var id = new UUID(3, 3);
            PolicyTable.insert(h, new PolicyRow(id, DataNode.VAULT, "daily", 1, Json.text(policy), clock.instant(),
                    "ada"));
            h.createUpdate("insert into servers (id, vault_id, name, hostname, machine_id, addresses, os, zone,"
                    + " agent_version, boot_id, tags, labels, items, effective_policy, effective_origin,"
                    + " applied_policy, state, reason, created, clock_skew, points, stored_bytes, version)"
                    + " values (:id, :vault, 'web', 'web', 'm', '[]', '', 'UTC', '', '', '', '{}', '{}', :policy,"
                    + " 'server', '', 'protected', '', :now, 0, 0, 0, 1)").bind("id", SERVER)
                    .bind("vault", DataNode.VAULT).bind("policy", id).bind("now", clock.instant()).execute();
        });
    }

    /** Backs up something new. */
    private String backup(int seed) throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(seed).nextBytes(bytes);
        Files.write(data.resolve("f"), bytes);
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            return vault.backup(BackupRequest.of(List.of(RawPath.of(data.toString()))), p -> {
            }, new CancelToken()).point().id();
        }
    }

    private boolean restores(String point, int seed) throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(seed).nextBytes(bytes);
        Path to = Files.createTempDirectory(temp, "restored");
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            assertEquals(List.of(), vault.verify(true, p -> {
            }, new CancelToken()).damages());
            vault.restore(new RestoreRequest(point, List.of(), RawPath.of(to.toString()), IfExists.OVERWRITE, false,
                    false, false), p -> {
                    }, new CancelToken());
        }
        try (Stream<Path> files = Files.walk(to)) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            return Files.mismatch(file, Files.write(temp.resolve("expected"), bytes)) == -1;
        }
    }

    private void days(int days) {
        clock.advance(Duration.ofDays(days));
        nanos.addAndGet(Duration.ofDays(days).toNanos());
    }

    private List<String> points(boolean deleted) {
        return node.catalog().read(h -> Points.of(h, SERVER)).stream().filter(p -> p.deleted() != null == deleted)
                .map(PointRow::id).toList();
    }

    private PointForecast forecast(String point) {
        return forecasts.of(SERVER).stream().filter(f -> f.point().equals(point)).findFirst().orElseThrow();
    }

    @Test
    void whatExpiresCanBeBroughtBackUntilItIsGone() throws IOException {
        List<String> made = new ArrayList<>();
        for (int day = 0; day < 3; day++) {
            made.add(backup(day));
            days(1);
        }

        housekeeping.round();

        assertEquals(made.subList(2, 3), points(false));
        assertEquals(made.subList(0, 2), points(true));
        assertEquals("retention", forecast(made.get(0)).deletedBy());
        assertEquals(clock.instant().plus(Duration.ofDays(14)), forecast(made.get(0)).purged());
        assertTrue(restores(made.get(0), 0));

        deletions.undeletePoint(DataNode.VAULT, made.get(0));
        days(2);
        housekeeping.round();
        assertEquals(List.of(made.get(0), made.get(2)), points(false));

        // Weaker settings change nothing about what was deleted before.
        vault("off", 0);
        days(11);
        housekeeping.round();
        assertTrue(points(true).contains(made.get(1)));
        assertTrue(restores(made.get(1), 1));

        days(2);
        housekeeping.round();
        assertEquals(List.of(made.get(2)), points(false));
        assertEquals(List.of(), points(true));
        assertTrue(restores(made.get(2), 2));
        assertThrows(Refusal.class, () -> deletions.undeletePoint(DataNode.VAULT, made.get(1)));
    }

    @Test
    void theLastGoodPointStaysWhileBackupsAreStopped() throws IOException {
        String point = backup(1);
        for (int month = 0; month < 24; month++) {
            days(30);
            housekeeping.round();
        }
        assertEquals(List.of(point), points(false));
        assertTrue(restores(point, 1));
    }

    @Test
    void aClockThatJumpsStopsDeletion() throws IOException {
        String first = backup(0);
        days(1);
        String second = backup(1);
        days(1);

        clock.advance(Duration.ofDays(400));
        housekeeping.round();

        assertEquals(List.of(first, second), points(false));
        assertNotNull(doubts.getLast());
        assertEquals("vault-clock-doubtful", assertThrows(Refusal.class,
                () -> deletions.deletePoint(DataNode.VAULT, first, "ada")).code());

        // Waiting with the wrong clock changes nothing; setting it right does.
        days(30);
        housekeeping.round();
        assertEquals(List.of(first, second), points(false));
        clock.advance(Duration.ofDays(-400));
        housekeeping.round();
        assertNull(doubts.getLast());
        assertEquals(List.of(second), points(false));
    }

    @Test
    void aClockThatIsSetBackStopsDeletionUntilSomebodyAcceptsIt() throws IOException {
        String first = backup(0);
        days(5);
        String second = backup(1);
        vaultClock.look();
        clock.advance(Duration.ofDays(-3));

        assertTrue(vaultClock.look().isFrozen());
        housekeeping.round();
        assertEquals(List.of(first, second), points(false));
        assertFalse(vaultClock.accept().isFrozen());
        days(10);
        housekeeping.round();
        assertEquals(List.of(second), points(false));
    }

    @Test
    void anImmutableVaultNamesTheDateFromWhichDeletionIsPossible() throws IOException {
        vault("on", 14);
        server2(new RetentionRule(0, 3, 0, 0, 0));
        String first = backup(0);
        days(1);
        String second = backup(1);

        Instant end = forecast(first).expires();
        assertNotNull(end);
        assertTrue(end.isAfter(clock.instant()) && end.isBefore(clock.instant().plus(Duration.ofDays(4))));
        Refusal refusal = assertThrows(Refusal.class, () -> deletions.deletePoint(DataNode.VAULT, first, "ada"));
        assertEquals("vault-immutable", refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(end.toString()), refusal.getMessage());
        assertEquals("server-not-retired", assertThrows(Refusal.class,
                () -> deletions.deleteData(DataNode.VAULT, SERVER, "ada")).code());
        node.catalog().run(h -> ServerTable.retire(h, SERVER, clock.instant(), 1));
        assertEquals("vault-immutable", assertThrows(Refusal.class,
                () -> deletions.deleteData(DataNode.VAULT, SERVER, "ada")).code());
        assertEquals(List.of(first, second), points(false));
    }

    private void server2(RetentionRule rule) {
        node.catalog().run(h -> h.execute("delete from servers"));
        node.catalog().run(h -> h.execute("delete from policies"));
        server(rule);
    }

    @Test
    void theDataOfARetiredServerGoesAndCanBeBroughtBack() throws IOException {
        String point = backup(0);
        node.catalog().run(h -> ServerTable.retire(h, SERVER, clock.instant(), 1));

        assertEquals(1, deletions.deleteData(DataNode.VAULT, SERVER, "ada"));
        days(13);
        housekeeping.round();
        assertEquals(List.of(point), points(true));
        assertTrue(restores(point, 0));
        assertEquals(1, deletions.undeleteData(DataNode.VAULT, SERVER));
        days(40);
        housekeeping.round();
        assertEquals(List.of(point), points(false));

        assertEquals(1, deletions.deleteData(DataNode.VAULT, SERVER, "ada"));
        days(15);
        housekeeping.round();
        assertEquals(List.of(), points(true));
        assertTrue(node.catalog().read(h -> ServerTable.byId(h, SERVER)).isEmpty());
        try (Stream<Path> files = Files.walk(node.objects(SERVER))) {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
    }
}
