package org.holdfast.vault.fleet;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.ExpiryTable;
import org.holdfast.vault.catalog.fleet.ExpiryTable.Ending;
import org.holdfast.vault.catalog.fleet.ExpiryTable.Filled;
import org.holdfast.vault.pki.Pki;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what runs out: certificates, credentials, room. One caller at a time. */
@Component(service = Expiries.class)
public final class Expiries {
    private static final Logger LOG = LoggerFactory.getLogger(Expiries.class);
    /** Agents renew a month before the end, so a fortnight before it something is wrong. */
    private static final Duration CERTIFICATE = Duration.ofDays(14);
    private static final Duration CREDENTIALS = Duration.ofDays(2);
    private static final String NODE = "node";
    private static final String QUOTA = "quota";
    private static final double LITTLE = 0.10;
    private static final double HARDLY_ANY = 0.03;

    private final Catalog catalog;
    private final Clock clock;
    private final Alerts alerts;
    private final Supplier<@Nullable Room> room;
    private final Supplier<Instant> certificateEnd;

    /**
     * Room of a store.
     *
     * @param usable bytes that can still be written
     * @param total bytes in all
     */
    public record Room(long usable, long total) {
    }

    /** For the service registry; the room is that of the store's folder. */
    @Activate
    public Expiries(@Reference Catalog catalog, @Reference Clock clock, @Reference Alerts alerts,
            @Reference VaultSettings settings, @Reference Pki pki) {
        this(catalog, clock, alerts, () -> room(settings.storeFolder()),
                () -> pki.serverCertificate().getNotAfter().toInstant());
    }

    /**
     * Not public: the component runtime tells constructors apart by the number of their parameters alone.
     *
     * @param room of the store; gives null when it cannot be told
     * @param certificateEnd when the certificate of this node ends
     */
    Expiries(Catalog catalog, Clock clock, Alerts alerts, Supplier<@Nullable Room> room,
            Supplier<Instant> certificateEnd) {
        this.catalog = catalog;
        this.clock = clock;
        this.alerts = alerts;
        this.room = room;
        this.certificateEnd = certificateEnd;
    }

    private static @Nullable Room room(@Nullable Path folder) {
        if (folder == null) {
            return null;
        }
        try {
            Path there = folder;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            FileStore store = Files.getFileStore(there);
            return new Room(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            LOG.warn("the room of the store cannot be told", e);
            return null;
        }
    }

    /** Room of the store now, or null when it cannot be told. */
    public @Nullable Room storeRoom() {
        return room.get();
    }

    /** Looks at everything. */
    public void look() {
        Instant now = clock.instant();
        List<Ending> certificates = catalog.read(handle -> ExpiryTable.certificates(handle, now.plus(CERTIFICATE)));
        Set<String> hold = new HashSet<>();
        for (Ending ending : certificates) {
            Finding finding = Finding.server(AlertKind.CERTIFICATE_EXPIRING, Severity.WARNING, ending.vaultId(),
                    ending.id(), "The certificate of " + ending.name() + " ends on " + ending.ends() + ".",
                    "Its agent should have renewed it; look at the agent's log, or register the server again.");
            hold.add(finding.cause());
            alerts.raiseOnce(finding);
        }
        for (Ending ending : catalog.<List<Ending>>read(
                handle -> ExpiryTable.credentials(handle, now, CREDENTIALS))) {
            Finding finding = new Finding(AlertKind.CREDENTIALS_EXPIRING, Severity.INFO, ending.vaultId(), null,
                    ending.id().toString(), "Vault credentials end on " + ending.ends() + ".",
                    "Make new ones when more servers are to be registered.", null);
            hold.add(finding.cause());
            alerts.raiseOnce(finding);
        }
        Instant end = certificateEnd.get();
        if (end.isBefore(now.plus(CERTIFICATE))) {
            Finding finding = new Finding(AlertKind.CERTIFICATE_EXPIRING, Severity.CRITICAL, null, null, NODE,
                    "The certificate of the vault server ends on " + end + ".",
                    "It should have been renewed; look at the log, and at the rights of the folder pki.", null);
            hold.add(finding.cause());
            alerts.raiseOnce(finding);
        }
        for (AlertKind kind : List.of(AlertKind.CERTIFICATE_EXPIRING, AlertKind.CREDENTIALS_EXPIRING)) {
            alerts.open(kind).stream().filter(cause -> !hold.contains(cause)).forEach(alerts::settle);
        }
        room();
        quotas();
    }

    private void room() {
        Room now = room.get();
        if (now == null || now.total() <= 0) {
            return;
        }
        double share = (double) now.usable() / now.total();
        tell(share < HARDLY_ANY, "critical", Severity.CRITICAL, now, share);
        tell(share < LITTLE && share >= HARDLY_ANY, "", Severity.WARNING, now, share);
    }

    private void quotas() {
        Set<String> hold = new HashSet<>();
        for (Filled vault : catalog.<List<Filled>>read(ExpiryTable::quotas)) {
            double left = 1 - (double) vault.used() / vault.quota();
            if (left >= LITTLE) {
                continue;
            }
            boolean critical = left < HARDLY_ANY;
            Finding finding = new Finding(AlertKind.VAULT_FULL, critical ? Severity.CRITICAL : Severity.WARNING,
                    vault.id(), null, critical ? QUOTA + "-critical" : QUOTA,
                    "The vault " + vault.name() + " keeps " + (vault.used() >> 20) + " MiB of "
                            + (vault.quota() >> 20) + " MiB that its quota allows.",
                    "Raise the quota, or keep fewer recovery points.", null);
            hold.add(finding.cause());
            alerts.raiseOnce(finding);
        }
        alerts.open(AlertKind.VAULT_FULL).stream().filter(cause -> cause.contains(":" + QUOTA))
                .filter(cause -> !hold.contains(cause)).forEach(alerts::settle);
    }

    private void tell(boolean holds, String subject, Severity severity, Room now, double share) {
        if (holds) {
            alerts.raiseOnce(new Finding(AlertKind.VAULT_FULL, severity, null, null, subject,
                    "The store has " + (now.usable() >> 20) + " MiB left, " + Math.round(share * 100) + " %.",
                    "Add room, or keep fewer recovery points.", null));
        } else {
            alerts.settle(AlertKind.VAULT_FULL, null, subject);
        }
    }
}
