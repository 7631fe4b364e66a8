package org.holdfast.console.tests;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.RecoverSite;
import org.holdfast.console.testkit.FakePoint;
import org.holdfast.console.testkit.FakeVault;
import org.holdfast.console.testkit.FakeVaultService;
import org.holdfast.console.ui.Ui;

/** A vault in memory, a session on it, and parts of the perspective in a window without a workbench. */
final class Recovery implements AutoCloseable {
    static final String LOCATION = "/vaults/prod";
    static final int MANY = 1_000_000;

    final Screen screen = new Screen();
    final FakeVaultService service = new FakeVaultService();
    final FakePoint older = FakePoint.of(1, "2026-11-19T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
            .file("/srv/shares/report.ods", 1000, Instant.parse("2026-11-18T10:00:00Z"), Change.UNKNOWN)
            .file("/srv/shares/notes.txt", 10, Change.UNKNOWN).file("/srv/only-old/x.txt", 1, Change.UNKNOWN);
    final FakePoint other = FakePoint.of(2, "2026-11-20T01:00:00Z", "web-1", "/var/www", PointState.INTERRUPTED)
            .file("/var/www/index.html", 3, Change.UNKNOWN);
    final FakePoint newer =
            FakePoint.of(3, "2026-11-20T22:00:00Z", "db-07", "/srv", PointState.COMPLETED_WITH_WARNINGS)
                    .file("/srv/shares/report.ods", 2_000_000, Instant.parse("2026-11-20T10:00:00Z"), Change.CHANGED)
                    .file("/srv/shares/notes.txt", 10, Change.UNCHANGED).file("/srv/shares/new.txt", 7, Change.NEW)
                    .file("/srv/shares/old.bak", 9, Change.REMOVED).file("/srv/shares/2026/q1.csv", 5, Change.NEW)
                    .link("/srv/shares/latest", "2026").folder("/srv/empty").largeFolder("/srv/many", MANY);
    final FakeVault vault = service.add(LOCATION, List.of(older, other, newer));
    final Vaults vaults = new Vaults(service);
    final RecoverSession session = new RecoverSession(vaults, Ui.executor(screen.display()));
    final RecoverSite site = new RecoverSite(session, null, null);

    /** Shows a part as the workbench would. */
    <P> P show(Function<RecoverSite, P> part, java.util.function.BiConsumer<P, Composite> create) {
        P made = part.apply(site);
        var parent = new Composite(screen.shell(), SWT.NONE);
        parent.setLayout(new org.eclipse.swt.layout.FillLayout());
        create.accept(made, parent);
        screen.shell().layout(true, true);
        return made;
    }

    /** Opens the vault and waits for its points. */
    Recovery connected() {
        screen.open();
        VaultConnection connection = vaults.open(LOCATION, FakeVaultService.PASSPHRASE.toCharArray()).join();
        session.show(connection);
        screen.until("points are there", () -> !session.isLoading());
        screen.settle();
        return this;
    }

    Entry entry(String path) {
        return newer.entry(RawPath.of(path));
    }

    @Override
    public void close() {
        service.opening.open();
        vault.listing.open();
        vault.finding.open();
        vault.restoring.open();
        screen.close();
        vaults.closeAll();
    }
}
