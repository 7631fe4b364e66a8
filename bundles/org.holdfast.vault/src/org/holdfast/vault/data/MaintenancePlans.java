package org.holdfast.vault.data;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.MaintenanceTable;
import org.holdfast.vault.catalog.data.MaintenanceTable.MaintenanceRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** When the vault may do what is not urgent, and how much of it is left for the day. Thread-safe. */
@Component(service = MaintenancePlans.class)
public final class MaintenancePlans {
    private static final int FEWEST_DAYS = 7;
    private static final int MOST_DAYS = 365;

    private final Catalog catalog;

    /** Over a catalogue. */
    @Activate
    public MaintenancePlans(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    /** The plan. */
    public MaintenancePlan get() {
        return catalog.read(h -> MaintenanceTable.find(h, false)).map(MaintenancePlans::plan)
                .orElse(MaintenancePlan.DEFAULT);
    }

    private static MaintenancePlan plan(MaintenanceRow row) {
        try {
            return Json.read(row.document(), MaintenancePlan.class);
        } catch (IOException e) {
            return MaintenancePlan.DEFAULT;
        }
    }

    /** Changes the plan. */
    public MaintenancePlan set(MaintenancePlan plan) {
        if (plan.from() == null != (plan.to() == null) || plan.from() != null && plan.from().equals(plan.to())) {
            throw Refusal.invalid("from", "A window has a beginning and another end.");
        }
        try {
            zone(plan);
        } catch (DateTimeException e) {
            throw Refusal.invalid("zone", "There is no such time zone.");
        }
        Long collect = plan.collectBytes();
        Long scrub = plan.scrubBytes();
        if (collect != null && collect < 0) {
            throw Refusal.invalid("collectBytes", "A number of bytes is not negative.");
        }
        if (scrub != null && scrub < 1) {
            throw Refusal.invalid("scrubBytes", "At least one byte.");
        }
        if (plan.scrubDays() < FEWEST_DAYS || plan.scrubDays() > MOST_DAYS) {
            throw Refusal.invalid("scrubDays", "Every pack is read again within " + FEWEST_DAYS + " to " + MOST_DAYS
                    + " days.");
        }
        catalog.run(h -> {
            MaintenanceRow now = MaintenanceTable.find(h, true).orElse(new MaintenanceRow("", "", 0, 0));
            MaintenanceTable.save(h, new MaintenanceRow(Json.text(plan), now.day(), now.collected(),
                    now.scrubbed()));
        });
        return get();
    }

    private static ZoneId zone(MaintenancePlan plan) {
        return ZoneId.of(plan.zone().isEmpty() ? "UTC" : plan.zone());
    }

    /** Whether the window is open. */
    static boolean isOpen(MaintenancePlan plan, Instant now) {
        LocalTime from = plan.from();
        LocalTime to = plan.to();
        if (from == null || to == null) {
            return true;
        }
        LocalTime at = LocalTime.ofInstant(now, zone(plan));
        return from.isBefore(to) ? !at.isBefore(from) && at.isBefore(to) : !at.isBefore(from) || at.isBefore(to);
    }

    /** Bytes that may still be read today to move what is needed of packs. */
    long leftToCollect(Instant now) {
        Long most = get().collectBytes();
        return most == null ? Long.MAX_VALUE : Math.max(0, most - today(now).collected());
    }

    /** Bytes of packs that were read today to move what is needed of them. */
    long collected(Instant now) {
        return today(now).collected();
    }

    /** Bytes of packs that were read again today. */
    long scrubbed(Instant now) {
        return today(now).scrubbed();
    }

    private MaintenanceRow today(Instant now) {
        return catalog.read(h -> MaintenanceTable.find(h, false)).filter(row -> row.day().equals(day(now)))
                .orElse(new MaintenanceRow("", "", 0, 0));
    }

    private static String day(Instant now) {
        return LocalDate.ofInstant(now, ZoneId.of("UTC")).toString();
    }

    /** Takes down what was done. */
    void spend(Instant now, long collected, long scrubbed) {
        if (collected == 0 && scrubbed == 0) {
            return;
        }
        catalog.run(h -> {
            MaintenanceRow row = MaintenanceTable.find(h, true)
                    .orElse(new MaintenanceRow(Json.text(MaintenancePlan.DEFAULT), "", 0, 0));
            boolean same = row.day().equals(day(now));
            MaintenanceTable.save(h, new MaintenanceRow(row.document(), day(now),
                    (same ? row.collected() : 0) + collected, (same ? row.scrubbed() : 0) + scrubbed));
        });
    }
}
