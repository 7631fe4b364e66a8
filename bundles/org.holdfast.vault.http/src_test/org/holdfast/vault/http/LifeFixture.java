package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.holdfast.crypto.PasswordHash;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PointForecast;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.data.AbandonedData;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.data.Deletions;
import org.holdfast.vault.data.FactsKeeper;
import org.holdfast.vault.data.Forecasts;
import org.holdfast.vault.data.Housekeeping;
import org.holdfast.vault.data.MaintenancePlans;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.Scrubber;
import org.holdfast.vault.data.VaultClock;
import org.holdfast.vault.nodes.Turns;
import org.holdfast.vault.people.AddressThrottle;
import org.holdfast.vault.people.Approvals;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.people.Passwords;
import org.holdfast.vault.people.SecurityPins;
import org.holdfast.vault.people.SignIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node with a server that backs up for real, and everything that looks after points. */
abstract class LifeFixture {
    static final UUID SERVER = new UUID(7, 1);
    private static final String LOCATION = "vault://test/main/one";
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    @TempDir
    Path temp = Path.of("");
    final TestClock clock = TestClock.at(Instant.parse("2026-11-23T07:00:00Z"));
    final AtomicLong nanos = new AtomicLong();
    final List<@Nullable String> doubts = new CopyOnWriteArrayList<>();
    final List<String> packs = new CopyOnWriteArrayList<>();
    final List<Integer> late = new CopyOnWriteArrayList<>();
    DataNode node;
    VaultClient client;
    LocalVaultService service;
    Path data;
    VaultClock vaultClock;
    Forecasts forecasts;
    Deletions deletions;
    MaintenancePlans plans;
    Scrubber scrubber;
    Housekeeping housekeeping;

    final class Watcher implements DataObserver {
        @Override
        public void clock(@Nullable String doubt) {
            doubts.add(doubt);
        }

        @Override
        public void packDamaged(UUID vault, UUID server, String object, String detail, List<String> points) {
            packs.add(object + " hurts " + points.size());
        }

        @Override
        public void packHealed(UUID server, String object) {
            packs.add(object + " healed");
        }

        @Override
        public void scrubLate(UUID vault, int servers, int days) {
            late.add(servers);
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
        plans = new MaintenancePlans(node.catalog());
        scrubber = new Scrubber(node.catalog(), node.stores(), plans, List.of(watcher), clock);
        var audit = new AuditLog(node.catalog(), clock);
        var pins = new SecurityPins(node.catalog(), clock, new SignIn(node.catalog(), clock,
                new Passwords(new PasswordHash(64, 1, 1)), audit, new AddressThrottle(clock)));
        housekeeping = new Housekeeping(node.catalog(), node.commits(), node.sessions(), node.keeper(), abandoned,
                vaultClock, deletions, plans, scrubber, new Approvals(node.catalog(), clock, pins, List.of()),
                new FactsKeeper(node.catalog(), node.stores(), clock), clock, Turns.alone());
    }

    @AfterEach
    void stop() {
        housekeeping.close();
        client.close();
        node.close();
    }

    void vault(String immutability, int days) {
        node.catalog().run(h -> {
            VaultTable.byId(h, DataNode.VAULT).ifPresentOrElse(
                    now -> VaultTable.update(h, row(immutability, days, now.version() + 1)),
                    () -> VaultTable.insert(h, row(immutability, days, 1)));
        });
    }

    VaultRow row(String immutability, int days, long version) {
        return new VaultRow(DataNode.VAULT, "main", "", "", "", "{}", "local", immutability, days, false, null,
                clock.instant(), version, null);
    }

    void server(RetentionRule rule) {
        Policy daily = Policy.standard("daily");
        Policy policy = new Policy(daily.name(), 1, "", List.of(), daily.exclusions(), daily.plan(), rule,
                daily.bandwidth(), null, null, 0, daily.changeDetection(), false, 0, null);
        node.catalog().run(h -> {
            // In one transaction: data of a server that is in no list is cleared away, as what was given up.
            h.execute("delete from servers");
            h.execute("delete from policies");
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
    String backup(int seed) throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(seed).nextBytes(bytes);
        Files.write(data.resolve("f"), bytes);
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            return vault.backup(BackupRequest.of(List.of(RawPath.of(data.toString()))), p -> {
            }, new CancelToken()).point().id();
        }
    }

    boolean restores(String point, int seed) throws IOException {
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

    void days(int days) {
        clock.advance(Duration.ofDays(days));
        nanos.addAndGet(Duration.ofDays(days).toNanos());
    }

    List<String> points(boolean deleted) {
        return node.catalog().read(h -> Points.of(h, SERVER)).stream().filter(p -> p.deleted() != null == deleted)
                .map(PointRow::id).toList();
    }

    PointForecast forecast(String point) {
        return forecasts.of(SERVER).stream().filter(f -> f.point().equals(point)).findFirst().orElseThrow();
    }
}
