package org.holdfast.console.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.testkit.FakePoint;
import org.holdfast.console.testkit.FakeVault;
import org.holdfast.console.testkit.FakeVaultService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultsTest {
    private final FakeVaultService service = new FakeVaultService();
    private final FakePoint point = FakePoint.of(1, "2026-11-20T22:00:00Z", "db-07", "/srv", PointState.COMPLETED)
            .largeFolder("/srv/many", 2500).file("/srv/a/b.txt", 10, org.holdfast.api.vault.Change.NEW);
    private final FakeVault vault = service.add("/vault", List.of(point));
    private final Vaults vaults = new Vaults(service);

    @AfterEach
    void close() {
        vault.finding.open();
        vaults.closeAll();
    }

    private VaultConnection open() {
        return vaults.open("/vault", FakeVaultService.PASSPHRASE.toCharArray()).join();
    }

    @Test
    void wipesThePassphraseWhetherItFitsOrNot() {
        char[] right = FakeVaultService.PASSPHRASE.toCharArray();
        vaults.open("/vault", right).join();
        assertArrayEquals(new char[right.length], right);

        char[] wrong = "something else entirely".toCharArray();
        var thrown = assertThrows(CompletionException.class, () -> vaults.open("/vault", wrong).join());
        assertEquals(Problem.WRONG_PASSPHRASE, Failure.of(thrown).problem());
        assertArrayEquals(new char[wrong.length], wrong);
    }

    @Test
    void opensWithTheRecoveryKey() {
        assertTrue(vaults.openWithRecoveryKey("/vault", FakeVaultService.RECOVERY_KEY).join().isOpen());
    }

    @Test
    void tellsObserversAndForgetsClosedVaults() {
        var events = new ArrayList<String>();
        vaults.opened().add(c -> events.add("opened"));
        Subscription ended = vaults.opened().add(c -> events.add("never"));
        ended.close();
        vaults.closed().add(c -> events.add("closed"));
        VaultConnection connection = open();
        assertEquals(List.of(connection), vaults.connections());
        vaults.close(connection).join();
        vaults.close(connection).join();
        assertEquals(List.of("opened", "closed"), events);
        assertEquals(List.of(), vaults.connections());
        assertTrue(vault.isClosed());
    }

    @Test
    void asksForAPageOnceAndNoMoreThanAPage() {
        VaultConnection connection = open();
        RawPath many = RawPath.of("/srv/many");
        String id = point.summary().id();
        var first = connection.page(id, many, 2).join();
        assertEquals(2500, first.total());
        assertEquals(500, first.entries().size());
        assertSame(first, connection.page(id, many, 2).join());
        assertSame(first, connection.cachedPage(id, many, 2));
        assertEquals(List.of(new FakeVault.Page(id, many, 2000, 1000)), vault.pages());
    }

    @Test
    void sharesAQuestionThatIsAlreadyAsked() {
        VaultConnection connection = open();
        vault.listing.shut();
        var one = connection.page(point.summary().id(), RawPath.of("/srv"), 0);
        var two = connection.page(point.summary().id(), RawPath.of("/srv"), 0);
        assertSame(one, two);
        vault.listing.open();
        one.join();
        assertEquals(1, vault.pages().size());
    }

    @Test
    void aFailedPageIsAskedForAgain() {
        VaultConnection connection = open();
        RawPath gone = RawPath.of("/srv/gone");
        var thrown = assertThrows(CompletionException.class,
                () -> connection.page(point.summary().id(), gone, 0).join());
        assertEquals(Problem.PATH_NOT_FOUND, Failure.of(thrown).problem());
        point.folder("/srv/gone");
        assertEquals(0, connection.page(point.summary().id(), gone, 0).join().total());
    }

    @Test
    void refreshSeesNewPoints() {
        VaultConnection connection = open();
        assertEquals(1, connection.refresh().join().size());
        vault.add(FakePoint.of(2, "2026-11-21T22:00:00Z", "db-07", "/srv", PointState.COMPLETED));
        assertEquals(2, connection.refresh().join().size());
        assertEquals(2, connection.points().size());
        assertEquals(2, connection.info().points());
    }

    @Test
    void closingCancelsASearchAndWaitsForItBeforeKeysAreWiped() {
        VaultConnection connection = open();
        vault.finding.shut();
        var cancel = new CancelToken();
        var search = connection.find(FindRequest.of("b.txt"), hit -> {
        }, ProgressSink.NONE, cancel);
        new UiQueue().until("search reached its first hit", () -> vault.finding.waiting() == 1);
        assertFalse(vault.isClosed());
        vaults.close(connection).join();
        assertTrue(cancel.isCancelled());
        new UiQueue().until("the search ended", search::isCompletedExceptionally);
        assertTrue(vault.isClosed());
        var late = assertThrows(CompletionException.class, () -> connection.refresh().join());
        assertInstanceOf(org.holdfast.api.HoldfastException.class, late.getCause());
    }

    @Test
    void openingTheSameVaultTwiceGivesOneConnection() {
        assertSame(open(), open());
        assertEquals(1, vaults.connections().size());
    }
}
