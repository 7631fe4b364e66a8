package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

import org.holdfast.api.CancelToken;
import org.holdfast.vault.Refusal;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.protocol.fleet.VaultMaintenance;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damage in the store is found, told, and healed by the next backup; nothing of that takes a passphrase. */
@Timeout(300)
class ScrubTest extends LifeFixture {
    private List<Path> packs(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(node.objects(SERVER).resolve(kind))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void flip(Path pack) throws IOException {
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        pack.toFile().setWritable(true);
        Files.write(pack, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private ScrubView view() {
        return scrubber.views(DataNode.VAULT).getFirst();
    }

    private void scrub() {
        days(8);
        scrubber.round(new CancelToken());
    }

    @Test
    void soundPacksAreReadAgainAndAgain() throws IOException {
        backup(1);
        assertNull(view().lastEnded());
        scrub();
        assertEquals(clock.instant(), view().lastBegan());
        assertTrue(view().lastPacks() >= 2 && view().lastBytes() > 3_000_000, view().toString());
        Instant first = clock.instant();
        scrubber.round(new CancelToken());
        assertEquals(first, view().lastBegan(), "nothing is due");
        scrub();
        assertTrue(first.isBefore(view().lastBegan()));
        assertEquals(List.of(), scrubber.damages(DataNode.VAULT));
    }

    @Test
    void aDamagedPackIsFoundToldAndHealedByTheNextBackup() throws IOException {
        String point = backup(1);
        Path pack = packs("data").getFirst();
        flip(pack);

        scrub();

        PackDamage damage = scrubber.damages(DataNode.VAULT).getFirst();
        assertEquals("data/" + pack.getFileName(), damage.object());
        assertEquals(List.of(point), damage.points());
        assertEquals("object-damaged", damage.problem());
        assertEquals(1, view().damaged());
        assertEquals(List.of(damage.object() + " hurts 1"), packs);
        assertNotNull(row(point).damage());
        node.commits().reconcile(DataNode.VAULT, SERVER);
        assertNotNull(row(point).damage(), "comparing manifests says nothing of packs");
        scrub();
        assertEquals(1, packs.size(), "known damage is told once");

        String again = backup(1);
        scrubber.round(new CancelToken());

        assertEquals(List.of(damage.object() + " hurts 1", damage.object() + " healed"), packs);
        assertNull(row(point).damage());
        assertNotNull(scrubber.damages(DataNode.VAULT).getFirst().healed());
        // What was stored again is not garbage, although the damaged pack has it, too.
        vault("off", 0);
        days(2);
        housekeeping.round();
        housekeeping.round();
        assertEquals(List.of(again), points(false));
        assertTrue(restores(again, 1));
        assertFalse(Files.exists(pack), "the damaged pack goes as soon as nothing needs it");
    }

    @Test
    void whoeverAsksNeedNotWaitForTheWindow() throws IOException, InterruptedException {
        plans.set(new MaintenancePlan(LocalTime.of(1, 0), LocalTime.of(2, 0), "", null, null, 30));
        String first = backup(1);
        days(1);
        String second = backup(2);
        vault("off", 0);
        days(1);
        housekeeping.round();
        assertEquals(List.of(), housekeeping.view(DataNode.VAULT).servers(), "the window is closed");

        housekeeping.collectNow(DataNode.VAULT);
        housekeeping.scrubNow(DataNode.VAULT);
        long end = System.nanoTime() + 60_000_000_000L;
        while ((housekeeping.view(DataNode.VAULT).collecting() || housekeeping.view(DataNode.VAULT).scrubbing())
                && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        VaultMaintenance now = housekeeping.view(DataNode.VAULT);
        assertFalse(now.open() || now.collecting() || now.scrubbing(), now.toString());
        assertEquals(1, now.servers().getFirst().purged() + now.servers().getFirst().deleted());
        assertEquals(List.of(second), points(false), first);
        assertTrue(now.scrubbedToday() > 3_000_000 && now.packs() >= 2, now.toString());
        assertEquals(clock.instant(), view().lastBegan());
        Files.delete(packs("data").getFirst());
        days(1);
        housekeeping.scrubNow(DataNode.VAULT);
        while (housekeeping.view(DataNode.VAULT).scrubbing() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(clock.instant(), view().lastBegan());
        assertEquals(1, view().damaged());
    }

    private PointRow row(String id) {
        return node.catalog().read(h -> Points.byId(h, DataNode.VAULT, id)).orElseThrow();
    }

    @Test
    void missingPacksAndDamagedMetadataAreHealedToo() throws IOException {
        String point = backup(1);
        Files.delete(packs("data").getFirst());
        scrub();
        assertEquals(List.of("object-missing"),
                scrubber.damages(DataNode.VAULT).stream().map(PackDamage::problem).toList());
        assertNotNull(row(point).damage());
        String again = backup(1);
        flip(packs("meta").getFirst());

        scrub();

        assertEquals(List.of("object-damaged", "object-missing"), scrubber.damages(DataNode.VAULT).stream()
                .map(PackDamage::problem).sorted().toList());
        assertTrue(row(point).damage() != null || row(again).damage() != null);
        String last = backup(1);
        scrub();
        // Pages of older points tell of times that the file no longer has: only what is there is stored again.
        assertNull(row(last).damage());
    }

    @Test
    void aBudgetSpreadsTheWorkOverDaysAndNothingIsReadTwice() throws IOException {
        for (int i = 0; i < 4; i++) {
            backup(i);
        }
        plans.set(new MaintenancePlan(null, null, "", null, 1L, 30));
        long packs = packs("data").size() + packs("meta").size();
        for (int day = 0; day < packs; day++) {
            assertNull(view().lastEnded(), "day " + day);
            days(1);
            scrubber.round(new CancelToken());
            scrubber.round(new CancelToken());
        }
        assertEquals(packs, view().lastPacks());
    }

    @Test
    void whatIsNotReadAgainInTimeIsTold() throws IOException {
        backup(1);
        plans.set(new MaintenancePlan(LocalTime.of(22, 0), LocalTime.of(22, 1), "UTC", null, null, 30));
        days(29);
        housekeeping.round();
        assertEquals(0, late.getLast());
        days(2);
        housekeeping.round();
        assertEquals(1, late.getLast());

        plans.set(new MaintenancePlan(null, null, "UTC", null, null, 30));
        housekeeping.round();
        housekeeping.round();
        assertEquals(0, late.getLast());
        days(31);
        scrubber.tellLate();
        assertEquals(1, late.getLast());
    }

    @Test
    void nothingIsDoneOutsideOfTheWindow() throws IOException {
        String first = backup(0);
        days(1);
        backup(1);
        days(1);
        plans.set(new MaintenancePlan(LocalTime.of(22, 0), LocalTime.of(6, 0), "UTC", 0L, null, 30));

        housekeeping.round();
        assertTrue(points(false).contains(first));
        assertNull(view().lastEnded());
        clock.advance(Duration.ofHours(16));
        housekeeping.round();

        assertEquals(List.of(first), points(true));
        assertNotNull(view().lastEnded());
        assertEquals("invalid-request", assertThrows(Refusal.class, () -> plans.set(
                new MaintenancePlan(LocalTime.of(22, 0), null, "UTC", null, null, 30))).code());
        assertEquals("invalid-request", assertThrows(Refusal.class, () -> plans.set(
                new MaintenancePlan(null, null, "Nowhere/Else", null, null, 30))).code());
    }
}
