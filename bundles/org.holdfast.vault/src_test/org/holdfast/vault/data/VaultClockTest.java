package org.holdfast.vault.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.holdfast.protocol.data.OpenSession;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DeletedPoints;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.junit.jupiter.api.BeforeEach;

/** When the vault's clock is trusted, and the table of deleted points, on both databases. */
class VaultClockTest {
    private static final UUID VAULT = new UUID(1, 1);
    private static final UUID SERVER = new UUID(2, 1);

    private final TestClock clock = TestClock.still();
    private final AtomicLong nanos = new AtomicLong();
    private Catalog catalog;
    private VaultClock vault;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        vault = started();
        assertFalse(vault.look().isFrozen());
    }

    /** As after the start of a node. */
    private VaultClock started() {
        return new VaultClock(catalog, List.of(), clock, nanos::get);
    }

    private boolean passes(Duration shown, Duration real) {
        clock.advance(shown);
        nanos.addAndGet(real.toNanos());
        return vault.look().isFrozen();
    }

    @EveryDatabase
    void timeThatGoesByIsExplained() {
        for (int year = 0; year < 5; year++) {
            assertFalse(passes(Duration.ofDays(365), Duration.ofDays(365)));
        }
    }

    @EveryDatabase
    void aNodeThatRestsAtNightIsNotSuspicious() {
        for (int day = 0; day < 100; day++) {
            vault = started();
            assertFalse(vault.look().isFrozen());
            assertFalse(passes(Duration.ofHours(12), Duration.ofHours(12)));
            clock.advance(Duration.ofHours(12));
        }
    }

    @EveryDatabase
    void manySmallJumpsAreOneLargeOne() {
        int jumps = 0;
        while (!passes(Duration.ofHours(20), Duration.ofMinutes(10))) {
            jumps++;
            vault = started();
        }
        assertTrue(jumps <= 9, "frozen after " + jumps);
        assertTrue(started().look().isFrozen());
        // Set right again it is behind what it has shown: somebody has to say that it is right now.
        clock.advance(Duration.ofDays(-8));
        assertTrue(vault.look().isFrozen());
        assertFalse(vault.accept().isFrozen());
    }

    @EveryDatabase
    void aClockBehindWhatItHasShownIsDoubtedUntilItHasCaughtUp() {
        assertFalse(passes(Duration.ofMinutes(-4), Duration.ZERO));
        assertTrue(passes(Duration.ofHours(-1), Duration.ZERO));
        assertTrue(passes(Duration.ofMinutes(50), Duration.ofMinutes(50)));
        assertFalse(passes(Duration.ofMinutes(15), Duration.ofMinutes(15)));
        assertTrue(passes(Duration.ofDays(-30), Duration.ZERO));
        assertFalse(vault.accept().isFrozen());
        assertFalse(passes(Duration.ofDays(1), Duration.ofDays(1)));
    }

    @EveryDatabase
    void deletedPointsComeBackOnceAndKeepTheirDate() {
        new SessionService(catalog, clock).open(VAULT, SERVER, new OpenSession("a", null, "backup"));
        Instant now = clock.instant();
        var row = new PointRow(SERVER, "%064x".formatted(1), VAULT, now, now, 5, "completed", "a".repeat(32), null,
                100, null, null, 0, 0, 0, null, 0, false, null, null, null);
        catalog.run(h -> Points.insert(h, row));
        Instant purge = now.plusSeconds(60);

        assertTrue(catalog.<Boolean>write(h -> DeletedPoints.delete(h, SERVER, row.name(), now, "ada", purge)));
        assertFalse(catalog.<Boolean>write(h -> DeletedPoints.delete(h, SERVER, row.name(), now, "bob", now)));
        assertEquals(List.of(new DeletedPoints.Deletion(row.name(), now, "ada", purge)),
                catalog.read(h -> DeletedPoints.of(h, SERVER)));
        assertEquals(List.of(), catalog.read(h -> DeletedPoints.due(h, now)));
        assertEquals(List.of(SERVER), catalog.read(h -> DeletedPoints.due(h, purge)));
        assertTrue(catalog.<Boolean>write(h -> DeletedPoints.undelete(h, SERVER, row.name(), purge)));
        assertFalse(catalog.<Boolean>write(h -> DeletedPoints.undelete(h, SERVER, row.name(), now)));
        PointRow back = catalog.read(h -> Points.byId(h, VAULT, row.id())).orElseThrow();
        assertEquals(purge, back.keepUntil());
        catalog.run(h -> Points.setRemoving(h, SERVER, row.name(), now));
        assertFalse(catalog.<Boolean>write(h -> DeletedPoints.delete(h, SERVER, row.name(), now, "ada", now)));
        assertTrue(catalog.read(h -> Points.byId(h, VAULT, row.id())).isEmpty());
    }
}
