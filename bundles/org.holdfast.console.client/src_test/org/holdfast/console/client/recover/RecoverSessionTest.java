package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.testkit.FakePoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoverSessionTest {
    private final RecoverFixture f = new RecoverFixture();
    private final RecoverSession session = new RecoverSession(f.vaults, f.ui);
    private final List<Topic> told = new ArrayList<>();

    @BeforeEach
    void open() {
        session.observers().add(told::add);
        session.show(f.connect());
        f.ui.until("points are there", () -> !session.isLoading());
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void choosesTheNewestPointAndItsBase() {
        assertEquals(f.newer.summary(), session.point());
        assertEquals(RawPath.of("/srv"), session.folder());
        assertEquals(List.of("db-07", "web-1"), session.servers());
        assertEquals(List.of(Topic.VAULT, Topic.BASKET, Topic.POINT, Topic.POINTS, Topic.POINTS, Topic.POINT,
                Topic.ENTRIES), told);
    }

    @Test
    void keepsTheFolderFromPointToPointOfAServer() {
        session.chooseFolder(RawPath.of("/srv/a"));
        session.chooseEntries(List.of(f.newer.entry(RawPath.of("/srv/a/report.ods"))));
        session.choosePoint(f.older.summary());
        assertEquals(RawPath.of("/srv/a"), session.folder());
        assertEquals(Topic.REVEAL, told.getLast());
        assertEquals(RawPath.of("/srv/a/report.ods"), session.wanted());
        session.choosePoint(f.other.summary());
        assertNull(session.wanted());
        assertEquals(RawPath.of("/var/www"), session.folder());
    }

    @Test
    void refreshKeepsChoicesAndSeesNewPoints() {
        session.choosePoint(f.older.summary());
        session.chooseFolder(RawPath.of("/srv/a"));
        f.vault.add(FakePoint.of(9, "2026-11-22T22:00:00Z", "db-07", "/srv", PointState.COMPLETED));
        told.clear();
        session.refresh();
        f.ui.until("points are there", () -> !session.isLoading());
        assertEquals(4, session.points().size());
        assertEquals(f.older.summary(), session.point());
        assertEquals(RawPath.of("/srv/a"), session.folder());
        assertEquals(List.of(Topic.POINTS, Topic.POINTS), told, "nothing but the list changed");
    }

    @Test
    void aServerNarrowsThePoints() {
        session.chooseServer("web-1");
        assertEquals(List.of(f.other.summary()), session.points());
        assertEquals(f.other.summary(), session.point());
        session.chooseServer(null);
        assertEquals(3, session.points().size());
        assertEquals(f.other.summary(), session.point());
    }

    @Test
    void revealShowsAnEntryWhereItLies() {
        session.reveal(f.older.summary(), RawPath.of("/srv/a/report.ods"));
        assertEquals(f.older.summary(), session.point());
        assertEquals(RawPath.of("/srv/a"), session.folder());
        assertEquals(RawPath.of("/srv/a/report.ods"), session.wanted());
        assertNull(session.wanted());
    }

    @Test
    void theBasketTellsOnlyWhenItChanges() {
        told.clear();
        assertEquals(1, session.addToBasket(List.of(f.newer.entry(RawPath.of("/srv/a")))));
        assertEquals(0, session.addToBasket(List.of(f.newer.entry(RawPath.of("/srv/a")))));
        assertEquals(List.of(Topic.BASKET), told);
        session.clearBasket();
        assertEquals(List.of(Topic.BASKET, Topic.BASKET), told);
    }

    @Test
    void aClosedVaultLeavesNothingBehind() {
        session.addToBasket(List.of(f.newer.entry(RawPath.of("/srv/a"))));
        f.vaults.close(session.connection());
        f.ui.until("gone", () -> session.connection() == null);
        assertEquals(List.of(), session.points());
        assertNull(session.point());
        assertEquals(RawPath.EMPTY, session.folder());
        assertEquals(List.of(), session.basket().items());
        assertFalse(session.isLoading());
    }
}
