package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.junit.jupiter.api.Test;

/** Several servers are opened, a few at a time. */
class OpenManyTest {
    private final List<CompletableFuture<VaultConnection>> asked = new ArrayList<>();
    private final CancelToken cancel = new CancelToken();
    private final List<Integer> told = new ArrayList<>();

    private CompletableFuture<List<OpenMany.Result>> open(int servers) {
        var places = new ArrayList<ServerPlace>();
        for (int i = 0; i < servers; i++) {
            places.add(new ServerPlace(null, null));
        }
        return OpenMany.of(places, place -> {
            var one = new CompletableFuture<VaultConnection>();
            asked.add(one);
            return one;
        }, cancel, told::add);
    }

    @Test
    void twoAtATimeAndAFailureKeepsNobody() {
        var all = open(3);
        assertEquals(2, asked.size(), "more than two at a time");
        asked.get(1).completeExceptionally(new HoldfastException(Problem.WRONG_PASSPHRASE, "No.", ""));
        assertEquals(3, asked.size());
        asked.get(0).complete(null);
        assertFalse(all.isDone());
        asked.get(2).complete(null);
        assertEquals(3, all.join().size());
        assertEquals(List.of(1, 2, 3), told);
    }

    @Test
    void anOpenerThatThrowsIsAFailureToo() {
        var place = new ServerPlace(null, null);
        var results = OpenMany.of(List.of(place), one -> {
            throw new IllegalStateException("odd");
        }, cancel, told::add).join();
        assertNotNull(results.getFirst().failure());
    }

    @Test
    void nothingMoreIsBegunAfterACancel() {
        var all = open(5);
        cancel.cancel();
        asked.get(0).complete(null);
        asked.get(1).complete(null);
        assertEquals(2, asked.size());
        assertTrue(all.isDone());
    }
}
