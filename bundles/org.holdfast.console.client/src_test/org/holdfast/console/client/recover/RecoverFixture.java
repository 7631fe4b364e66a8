package org.holdfast.console.client.recover;

import java.time.Instant;
import java.util.List;

import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.UiQueue;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.testkit.FakePoint;
import org.holdfast.console.testkit.FakeVault;
import org.holdfast.console.testkit.FakeVaultService;

/** Two servers, three points, a directory of a million files. */
final class RecoverFixture implements AutoCloseable {
    static final int MANY = 1_000_000;

    final FakeVaultService service = new FakeVaultService();
    final FakePoint older = FakePoint.of(1, "2026-11-19T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
            .file("/srv/a/report.ods", 100, Instant.parse("2026-01-01T00:00:00Z"), Change.UNKNOWN)
            .file("/srv/a/Zebra.txt", 5, Change.UNKNOWN).file("/srv/top.txt", 7, Change.UNKNOWN);
    final FakePoint other = FakePoint.of(2, "2026-11-20T01:00:00Z", "web-1", "/var/www", PointState.COMPLETED)
            .file("/var/www/index.html", 3, Change.UNKNOWN);
    final FakePoint newer = FakePoint
            .of(3, "2026-11-20T22:00:00Z", "db-07", "/srv", PointState.COMPLETED_WITH_WARNINGS)
            .file("/srv/a/report.ods", 200, Instant.parse("2026-11-20T00:00:00Z"), Change.CHANGED)
            .file("/srv/a/Zebra.txt", 5, Change.UNCHANGED).file("/srv/a/apple.txt", 1, Change.NEW)
            .folder("/srv/a/Docs").file("/srv/top.txt", 7, Change.UNCHANGED).largeFolder("/srv/many", MANY);
    final FakeVault vault = service.add("/vault", List.of(older, other, newer));
    final Vaults vaults = new Vaults(service);
    final UiQueue ui = new UiQueue();

    VaultConnection connect() {
        return vaults.open("/vault", FakeVaultService.PASSPHRASE.toCharArray()).join();
    }

    @Override
    public void close() {
        vault.listing.open();
        vault.finding.open();
        vault.restoring.open();
        vaults.closeAll();
    }
}
