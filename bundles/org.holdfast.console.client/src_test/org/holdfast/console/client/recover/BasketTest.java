package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.IfExists;
import org.holdfast.console.testkit.FakePoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BasketTest {
    private final RecoverFixture f = new RecoverFixture();
    private final Basket basket = new Basket();

    @AfterEach
    void close() {
        f.close();
    }

    private static Basket.Item item(FakePoint point, String path) {
        return new Basket.Item(point.summary(), point.entry(RawPath.of(path)));
    }

    @Test
    void aFolderCoversWhatIsBelowIt() {
        assertEquals(1, basket.add(List.of(item(f.newer, "/srv/a/report.ods"))));
        assertEquals(200, basket.knownBytes());
        assertTrue(basket.isSizeKnown());
        assertEquals(1, basket.add(List.of(item(f.newer, "/srv/a"))));
        assertEquals(1, basket.items().size());
        assertFalse(basket.isSizeKnown());
        assertEquals(0, basket.add(List.of(item(f.newer, "/srv/a/apple.txt"), item(f.newer, "/srv/a"))));
        assertEquals(1, basket.add(List.of(item(f.older, "/srv/a/report.ods"))), "another point");
    }

    @Test
    void aNameThatStartsTheSameIsNotCovered() {
        f.newer.file("/srv/a2/x", 1, org.holdfast.api.vault.Change.NEW);
        basket.add(List.of(item(f.newer, "/srv/a")));
        assertEquals(1, basket.add(List.of(item(f.newer, "/srv/a2/x"))));
    }

    @Test
    void aWholePointCoversAllOfIt() {
        basket.add(List.of(item(f.newer, "/srv/a"), item(f.older, "/srv/a")));
        assertEquals(1, basket.add(List.of(new Basket.Item(f.newer.summary(), null))));
        assertEquals(2, basket.items().size());
        assertEquals(0, basket.add(List.of(item(f.newer, "/srv/top.txt"))));
    }

    @Test
    void aPlanAsksEachPointOnce() {
        basket.add(List.of(item(f.newer, "/srv/a/report.ods"), item(f.older, "/srv/a"),
                item(f.newer, "/srv/top.txt"), new Basket.Item(f.other.summary(), null)));
        var plan = new RestorePlan(basket.items(), RawPath.of("/tmp/x"), IfExists.SKIP, false, true);
        var requests = plan.requests(true);
        assertEquals(3, requests.size());
        assertEquals(List.of(RawPath.of("/srv/a/report.ods"), RawPath.of("/srv/top.txt")),
                requests.get(0).include());
        assertEquals(f.older.summary().id(), requests.get(1).pointId());
        assertEquals(List.of(), requests.get(2).include());
        assertTrue(requests.stream().allMatch(r -> r.dryRun() && !r.owners() && r.permissions()
                && r.ifExists() == IfExists.SKIP && RawPath.of("/tmp/x").equals(r.target())));
        assertFalse(plan.requests(false).getFirst().dryRun());
    }
}
