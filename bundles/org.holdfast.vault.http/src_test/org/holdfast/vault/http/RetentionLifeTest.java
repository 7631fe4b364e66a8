package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.holdfast.api.policy.RetentionRule;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of real recovery points in a node: expiry, deletion, the way back, immutability, wrong clocks. */
@Timeout(300)
class RetentionLifeTest extends LifeFixture {
    @Test
    void whatExpiresCanBeBroughtBackUntilItIsGone() throws IOException {
        List<String> made = new ArrayList<>();
        for (int day = 0; day < 3; day++) {
            made.add(backup(day));
            days(1);
        }

        housekeeping.round();

        assertEquals(made.subList(2, 3), points(false));
        assertEquals(made.subList(0, 2), points(true));
        assertEquals("retention", forecast(made.get(0)).deletedBy());
        assertEquals(clock.instant().plus(Duration.ofDays(14)), forecast(made.get(0)).purged());
        assertTrue(restores(made.get(0), 0));

        deletions.undeletePoint(DataNode.VAULT, made.get(0));
        days(2);
        housekeeping.round();
        assertEquals(List.of(made.get(0), made.get(2)), points(false));

        // Weaker settings change nothing about what was deleted before.
        vault("off", 0);
        days(11);
        housekeeping.round();
        assertTrue(points(true).contains(made.get(1)));
        assertTrue(restores(made.get(1), 1));

        days(2);
        housekeeping.round();
        assertEquals(List.of(made.get(2)), points(false));
        assertEquals(List.of(), points(true));
        assertTrue(restores(made.get(2), 2));
        assertThrows(Refusal.class, () -> deletions.undeletePoint(DataNode.VAULT, made.get(1)));
    }

    @Test
    void theLastGoodPointStaysWhileBackupsAreStopped() throws IOException {
        String point = backup(1);
        for (int month = 0; month < 24; month++) {
            days(30);
            housekeeping.round();
        }
        assertEquals(List.of(point), points(false));
        assertTrue(restores(point, 1));
    }

    @Test
    void aClockThatJumpsStopsDeletion() throws IOException {
        String first = backup(0);
        days(1);
        String second = backup(1);
        days(1);

        clock.advance(Duration.ofDays(400));
        housekeeping.round();

        assertEquals(List.of(first, second), points(false));
        assertNotNull(doubts.getLast());
        assertEquals("vault-clock-doubtful", assertThrows(Refusal.class,
                () -> deletions.deletePoint(DataNode.VAULT, first, "ada")).code());

        // Waiting with the wrong clock changes nothing; setting it right does.
        days(30);
        housekeeping.round();
        assertEquals(List.of(first, second), points(false));
        clock.advance(Duration.ofDays(-400));
        housekeeping.round();
        assertNull(doubts.getLast());
        assertEquals(List.of(second), points(false));
    }

    @Test
    void aClockThatIsSetBackStopsDeletionUntilSomebodyAcceptsIt() throws IOException {
        String first = backup(0);
        days(5);
        String second = backup(1);
        vaultClock.look();
        clock.advance(Duration.ofDays(-3));

        assertTrue(vaultClock.look().isFrozen());
        housekeeping.round();
        assertEquals(List.of(first, second), points(false));
        assertFalse(vaultClock.accept().isFrozen());
        days(10);
        housekeeping.round();
        assertEquals(List.of(second), points(false));
    }

    @Test
    void anImmutableVaultNamesTheDateFromWhichDeletionIsPossible() throws IOException {
        vault("on", 14);
        server(new RetentionRule(0, 3, 0, 0, 0));
        String first = backup(0);
        days(1);
        String second = backup(1);

        Instant end = forecast(first).expires();
        assertNotNull(end);
        assertTrue(end.isAfter(clock.instant()) && end.isBefore(clock.instant().plus(Duration.ofDays(4))));
        Refusal refusal = assertThrows(Refusal.class, () -> deletions.deletePoint(DataNode.VAULT, first, "ada"));
        assertEquals("vault-immutable", refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(end.toString()), refusal.getMessage());
        assertEquals("server-not-retired", assertThrows(Refusal.class,
                () -> deletions.deleteData(DataNode.VAULT, SERVER, "ada")).code());
        node.catalog().run(h -> ServerTable.retire(h, SERVER, clock.instant(), 1));
        assertEquals("vault-immutable", assertThrows(Refusal.class,
                () -> deletions.deleteData(DataNode.VAULT, SERVER, "ada")).code());
        assertEquals(List.of(first, second), points(false));
    }

    @Test
    void theDataOfARetiredServerGoesAndCanBeBroughtBack() throws IOException {
        String point = backup(0);
        node.catalog().run(h -> ServerTable.retire(h, SERVER, clock.instant(), 1));

        assertEquals(1, deletions.deleteData(DataNode.VAULT, SERVER, "ada"));
        days(13);
        housekeeping.round();
        assertEquals(List.of(point), points(true));
        assertTrue(restores(point, 0));
        assertEquals(1, deletions.undeleteData(DataNode.VAULT, SERVER));
        days(40);
        housekeeping.round();
        assertEquals(List.of(point), points(false));

        assertEquals(1, deletions.deleteData(DataNode.VAULT, SERVER, "ada"));
        days(15);
        housekeeping.round();
        assertEquals(List.of(), points(true));
        assertTrue(node.catalog().read(h -> ServerTable.byId(h, SERVER)).isEmpty());
        try (Stream<Path> files = Files.walk(node.objects(SERVER))) {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
    }
}
