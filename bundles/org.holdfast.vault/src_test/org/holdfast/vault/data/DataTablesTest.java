package org.holdfast.vault.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.data.SeedRow;
import org.holdfast.vault.catalog.data.SeedRow.Amount;
import org.holdfast.vault.catalog.data.Seeds;
import org.holdfast.vault.catalog.data.SlotsGone;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;

/** Sessions, points, grants and quotas on both databases, and which points a rule keeps. */
class DataTablesTest {
    private static final UUID VAULT = new UUID(1, 1);
    private static final UUID SERVER = new UUID(2, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final TestClock clock = TestClock.still();
    private Catalog catalog;
    private SessionService sessions;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        sessions = new SessionService(catalog, clock);
    }

    private SessionOpened session(String boot) {
        return sessions.open(VAULT, SERVER, new OpenSession(boot, null, "backup"));
    }

    private boolean wrote(Function<Handle, Boolean> work) {
        return catalog.write(work);
    }

    private static PointRow point(int number, Instant committed, String state, @Nullable Instant keepUntil) {
        String name = "%032x%032x".formatted(number, number);
        return new PointRow(SERVER, name, VAULT, committed, committed, 5, state, "a".repeat(32), null, 100, keepUntil,
                null, 0, 0, 0, null, 0, false, null, null, null);
    }

    @EveryDatabase
    void importsOfSeedsAreRemembered() {
        session("a");
        var begun = new SeedRow(new UUID(3, 1), VAULT, SERVER, "disk", "running", Amount.NONE, Amount.NONE, 0, NOW,
                "ada", null, null, null);
        assertTrue(wrote(h -> Seeds.insert(h, begun)));
        assertFalse(wrote(h -> Seeds.insert(h, begun)));
        SeedRow further = begun.at(new Amount(1, 10), new Amount(2, 30), 1);
        catalog.run(h -> Seeds.update(h, further));
        assertEquals(List.of(further), catalog.read(h -> Seeds.in(h, "running")));
        SeedRow ended = further.ended("failed", NOW.plusSeconds(1), "seed-altered", "It was changed.");
        catalog.run(h -> Seeds.update(h, ended));
        assertEquals(ended, catalog.read(h -> Seeds.find(h, SERVER, begun.id())).orElseThrow());
        assertEquals(List.of(), catalog.read(h -> Seeds.in(h, "running")));
        assertTrue(catalog.read(h -> Seeds.find(h, OTHER, begun.id())).isEmpty());
    }

    @EveryDatabase
    void removedSlotsAreRemembered() {
        session("a");
        String slot = "a".repeat(32);
        assertFalse(wrote(h -> SlotsGone.contains(h, SERVER, slot)));
        for (int i = 0; i < 2; i++) {
            catalog.run(h -> SlotsGone.add(h, SERVER, slot, NOW));
        }
        assertTrue(wrote(h -> SlotsGone.contains(h, SERVER, slot)));
        assertFalse(wrote(h -> SlotsGone.contains(h, SERVER, "b".repeat(32))));
        catalog.run(h -> DataServers.delete(h, SERVER));
        assertFalse(wrote(h -> SlotsGone.contains(h, SERVER, slot)));
    }

    @EveryDatabase
    void fencesRise() {
        SessionOpened first = session("a");
        SessionOpened second = session("a");
        SessionOpened third = session("b");

        assertTrue(first.fence() < second.fence() && second.fence() < third.fence());
        assertEquals(third.fence(), sessions.require(SERVER, third.header()).fence());
        for (SessionOpened lost : List.of(first, second)) {
            assertEquals("session-lost",
                    assertThrows(Refusal.class, () -> sessions.require(SERVER, lost.header())).code());
        }
        assertEquals("session-lost",
                assertThrows(Refusal.class, () -> sessions.require(OTHER, third.header())).code());
    }

    @EveryDatabase
    void quietSessionsGoOnUntilNobodyExpectsThemBack() {
        SessionOpened session = session("a");
        clock.advance(Duration.ofHours(3));
        sessions.tidy();
        assertEquals(session.fence(), sessions.require(SERVER, session.header()).fence());
        clock.advance(Duration.ofHours(25));
        sessions.tidy();
        assertThrows(Refusal.class, () -> sessions.require(SERVER, session.header()));
    }

    @EveryDatabase
    void pointsAreEnteredOnceAndDescribed() {
        session("a");
        PointRow row = point(1, NOW, "completed", null);
        assertTrue(wrote(h -> Points.insert(h, row)));
        assertFalse(wrote(h -> Points.insert(h, row)));

        catalog.run(h -> assertTrue(Points.describe(h, SERVER, row.name(), 7, 8, 9, "daily", 3)));
        assertTrue(wrote(h -> Points.setDamage(h, SERVER, row.name(), "gone")));
        assertFalse(wrote(h -> Points.setDamage(h, SERVER, row.name(), "gone")));

        PointRow read = catalog.read(h -> Points.of(h, SERVER)).getFirst();
        assertEquals("7 8 9 daily 3 gone", read.files() + " " + read.bytes() + " " + read.warnings() + " "
                + read.policy() + " " + read.policyVersion() + " " + read.damage());
        assertTrue(wrote(h -> Points.setDamage(h, SERVER, row.name(), null)));
        assertFalse(wrote(h -> Points.setDamage(h, SERVER, row.name(), null)));
        catalog.run(h -> Points.setRemoving(h, SERVER, row.name(), NOW));
        assertEquals(List.of(), catalog.read(h -> Points.of(h, SERVER)));
        assertEquals(List.of(row.name()), catalog.read(h -> Points.removing(h, SERVER)));
    }

    @EveryDatabase
    void pinnedPointsAreNotRemoved() {
        session("a");
        List<PointRow> rows = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            PointRow row = point(day, NOW.minus(Duration.ofDays(40L - day)), "completed", null);
            rows.add(row);
            assertTrue(wrote(h -> Points.insert(h, row)));
        }
        pin(rows.get(0), new PointPin(NOW, null, "ann", ""));
        pin(rows.get(1), new PointPin(NOW, NOW.plusSeconds(1), "ann", "before the move"));
        pin(rows.get(2), new PointPin(NOW.minusSeconds(9), NOW, "ann", "over"));
        assertFalse(wrote(h -> Points.setPin(h, OTHER, rows.get(3).id(), new PointPin(NOW, null, "ann", ""))));

        List<PointRow> read = catalog.read(h -> Points.of(h, SERVER));
        assertEquals(new PointPin(NOW, NOW.plusSeconds(1), "ann", "before the move"), read.get(1).pin());
        List<String> kept = kept(read, new RetentionRule(1, 7, 0, 0, 0));
        assertEquals(List.of(true, true, false, false),
                rows.subList(0, 4).stream().map(row -> kept.contains(row.name())).toList());

        assertEquals(List.of(false, false, true, true), rows.subList(0, 4).stream()
                .map(row -> wrote(h -> Points.setRemoving(h, SERVER, row.name(), NOW))).toList());
        assertFalse(wrote(h -> Points.setPin(h, SERVER, rows.get(3).id(), new PointPin(NOW, null, "ann", ""))));
        pin(rows.get(0), null);
        assertTrue(wrote(h -> Points.setRemoving(h, SERVER, rows.get(0).name(), NOW)));
    }

    private void pin(PointRow row, @Nullable PointPin pin) {
        assertTrue(wrote(h -> Points.setPin(h, SERVER, row.id(), pin)));
    }

    @EveryDatabase
    void bytesAreNeverLessThanNone() {
        session("a");
        catalog.run(h -> DataServers.addUsed(h, SERVER, 100));
        catalog.run(h -> DataServers.addUsed(h, SERVER, -500));
        catalog.run(h -> DataServers.setQuota(h, SERVER, 7L));
        assertEquals(0, catalog.read(h -> DataServers.find(h, SERVER)).orElseThrow().usedBytes());
        assertEquals(7L, catalog.read(h -> DataServers.find(h, SERVER)).orElseThrow().quotaBytes());
        assertEquals(List.of(), catalog.read(h -> DataServers.dueForRetention(h, NOW)));
        assertEquals(List.of(SERVER), catalog.read(DataServers::orphans).stream().map(r -> r.server()).toList());
    }

    @EveryDatabase
    void grantsEnd() {
        session("a");
        var grants = new GrantService(catalog, clock);
        Instant now = clock.instant();
        var grant = grants.create(VAULT, new CreateGrant(null, SERVER.toString(), OTHER.toString(),
                now.plus(Duration.ofHours(1))), "ada");
        assertEquals(List.of(grant.id()), grants.list(VAULT).stream().map(g -> g.id()).toList());
        grants.requireReadable(VAULT, OTHER, SERVER);
        assertThrows(Refusal.class, () -> grants.requireReadable(VAULT, SERVER, OTHER));
        assertThrows(Refusal.class, () -> grants.requireReadable(new UUID(9, 9), OTHER, SERVER));
        clock.advance(Duration.ofHours(2));
        assertThrows(Refusal.class, () -> grants.requireReadable(VAULT, OTHER, SERVER));
        assertEquals("invalid-request", assertThrows(Refusal.class, () -> grants.create(VAULT,
                new CreateGrant(null, OTHER.toString(), SERVER.toString(), clock.instant().plusSeconds(9)), "ada"))
                .code());
    }

    @EveryDatabase
    void aFloodOfNewPointsChangesNothingAboutTheOldOnes() {
        List<PointRow> before = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            before.add(point(day, NOW.minus(Duration.ofDays(60L - day)), "completed", null));
        }
        var rule = new RetentionRule(0, 7, 4, 6, 1);
        List<String> kept = kept(before, rule);
        List<PointRow> flooded = new ArrayList<>(before);
        for (int i = 0; i < 500; i++) {
            flooded.add(point(1000 + i, NOW.minusSeconds(500 - i), "completed", null));
        }

        List<String> after = kept(flooded, rule);

        // Today is one more day, week and so on of its own; no more than the oldest of each rule may go for it.
        assertTrue(kept.stream().filter(name -> !after.contains(name)).count() <= 2, kept + " / " + after);
        assertTrue(after.containsAll(flooded.subList(60, 560).stream().map(PointRow::name).toList()));
    }

    private static List<String> kept(List<PointRow> points, RetentionRule rule) {
        List<RetainOutcome.Kept> kept = new ArrayList<>();
        Keeper.decide(points, rule, UTC, NOW, kept, new ArrayList<>());
        return kept.stream().map(k -> k.point().name()).toList();
    }
}
