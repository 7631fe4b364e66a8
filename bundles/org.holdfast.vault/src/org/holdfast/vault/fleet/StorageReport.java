package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.protocol.fleet.StorageDay;
import org.holdfast.protocol.fleet.VaultStorage;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.GrowthTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells how vaults are filled, and how they have grown. Thread-safe. */
@Component(service = StorageReport.class)
public final class StorageReport {
    private static final Duration TOLD = Duration.ofDays(90);

    private final Catalog catalog;
    private final Clock clock;
    private final Vaults vaults;
    private final Expiries expiries;

    /** Of a catalogue. */
    @Activate
    public StorageReport(@Reference Catalog catalog, @Reference Clock clock, @Reference Vaults vaults,
            @Reference Expiries expiries) {
        this.catalog = catalog;
        this.clock = clock;
        this.vaults = vaults;
        this.expiries = expiries;
    }

    /**
     * How a vault is filled now.
     *
     * @throws Refusal of kind NOT_FOUND when there is none of that name
     */
    public VaultStorage of(String vault) {
        VaultSummary summary = vaults.get(vault).value();
        Instant begin = clock.instant().minus(TOLD);
        Instant since = summary.created().isAfter(begin) ? summary.created() : begin;
        UUID id = UUID.fromString(summary.id());
        List<StorageDay> days = catalog.<List<GrowthTable.Day>>read(handle -> GrowthTable.days(handle, id, since))
                .stream().map(day -> new StorageDay(day.date(), day.points(), day.bytes())).toList();
        Expiries.Room room = expiries.storeRoom();
        return new VaultStorage(summary.storedBytes(), summary.quotaBytes(), room == null ? null : room.usable(),
                room == null ? null : room.total(), since, days);
    }
}
