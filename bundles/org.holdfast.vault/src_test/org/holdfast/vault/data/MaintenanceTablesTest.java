package org.holdfast.vault.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DamageRow;
import org.holdfast.vault.catalog.data.ScrubRow;
import org.holdfast.vault.catalog.data.ScrubTable;
import org.junit.jupiter.api.BeforeEach;

/** What is known of packs that were read again, and the budgets of a day, on both databases. */
class MaintenanceTablesTest {
    private static final UUID VAULT = new UUID(1, 1);
    private static final UUID ONE = new UUID(2, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Catalog catalog;
    private MaintenancePlans plans;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        plans = new MaintenancePlans(catalog);
        var sessions = new SessionService(catalog, TestClock.still());
        for (UUID server : List.of(ONE, TWO)) {
            sessions.open(VAULT, server, new OpenSession("a", null, "backup"));
        }
    }

    private Optional<UUID> next(Instant notSince) {
        return catalog.read(h -> ScrubTable.next(h, notSince));
    }

    @EveryDatabase
    void theServerReadLongestAgoIsNextAndOneUnderWayBeforeIt() {
        assertEquals(Optional.of(ONE), next(NOW));
        ScrubRow done = new ScrubRow(ONE, "", null, 0, 0, NOW.minusSeconds(60), NOW, 3, 300);
        catalog.run(h -> ScrubTable.save(h, done));
        catalog.run(h -> ScrubTable.save(h, done));
        assertEquals(Optional.of(done), catalog.read(h -> ScrubTable.find(h, ONE)));
        assertEquals(Optional.of(TWO), next(NOW));
        catalog.run(h -> ScrubTable.save(h, new ScrubRow(TWO, "", null, 0, 0, NOW, NOW, 1, 1)));
        assertEquals(Optional.empty(), next(NOW.minusSeconds(3600)));
        assertEquals(Optional.of(ONE), next(NOW.plusSeconds(1)));
        catalog.run(h -> ScrubTable.save(h, new ScrubRow(TWO, "data/x", NOW, 1, 1, NOW, NOW, 1, 1)));
        assertEquals(Optional.of(TWO), next(NOW.plusSeconds(1)));
        assertEquals(List.of(ONE, TWO), catalog.read(h -> ScrubTable.of(h, VAULT)).stream().map(ScrubRow::server)
                .toList());
        assertEquals(0L, catalog.<Long>read(ScrubTable::usedBytes));
    }

    @EveryDatabase
    void damageIsNewsOnceAndAgainAfterItWasHealed() {
        var damage = new DamageRow(ONE, "data/x", "object-damaged", "It is.", NOW, null, List.of("b", "a"));
        assertTrue(catalog.<Boolean>write(h -> ScrubTable.found(h, damage)));
        assertFalse(catalog.<Boolean>write(h -> ScrubTable.found(h, damage)));
        assertEquals(List.of(damage), catalog.read(h -> ScrubTable.open(h, ONE)));
        assertEquals(List.of(ONE), catalog.read(ScrubTable::hurt));
        catalog.run(h -> ScrubTable.heal(h, ONE, "data/x", NOW.plusSeconds(5)));
        assertEquals(List.of(), catalog.read(ScrubTable::hurt));
        DamageRow healed = catalog.read(h -> ScrubTable.damages(h, VAULT)).getFirst();
        assertEquals(NOW.plusSeconds(5), healed.healed());
        assertEquals(List.of(), healed.points());
        assertTrue(catalog.<Boolean>write(h -> ScrubTable.found(h, damage)));
        assertEquals(List.of(damage), catalog.read(h -> ScrubTable.damages(h, VAULT)));
    }

    @EveryDatabase
    void budgetsAreOfOneDay() {
        assertEquals(MaintenancePlan.DEFAULT, plans.get());
        plans.spend(NOW, 10, 20);
        assertEquals(Long.MAX_VALUE, plans.leftToCollect(NOW));
        var plan = new MaintenancePlan(LocalTime.of(22, 0), LocalTime.of(6, 0), "Asia/Tokyo", 100L, 50L, 60);
        assertEquals(plan, plans.set(plan));
        assertEquals(90, plans.leftToCollect(NOW));
        assertEquals(20, plans.scrubbed(NOW));
        plans.spend(NOW, 95, 1);
        assertEquals(0, plans.leftToCollect(NOW));
        assertEquals(100, plans.leftToCollect(NOW.plus(Duration.ofDays(1))));
        assertEquals(0, plans.scrubbed(NOW.plus(Duration.ofDays(1))));
        // 21:00 in Tokyo, and two hours later.
        assertFalse(MaintenancePlans.isOpen(plan, NOW));
        assertTrue(MaintenancePlans.isOpen(plan, NOW.plus(Duration.ofHours(2))));
        assertTrue(MaintenancePlans.isOpen(plan, NOW.plus(Duration.ofHours(8))));
        assertFalse(MaintenancePlans.isOpen(plan, NOW.plus(Duration.ofHours(9))));
        assertTrue(MaintenancePlans.isOpen(MaintenancePlan.DEFAULT, NOW));
    }
}
