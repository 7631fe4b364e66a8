package org.holdfast.console.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

class ObserversTest {
    @Test
    void whoIsGoneDoesNotKeepOthersFromBeingTold() {
        var observers = new Observers<String>();
        var refused = new ArrayList<String>();
        var told = new ArrayList<String>();
        observers.add(event -> {
            refused.add(event);
            throw new RejectedExecutionException("The user interface is gone.");
        });
        observers.add(told::add);

        observers.fire("a");
        observers.fire("b");

        assertEquals(List.of("a"), refused);
        assertEquals(List.of("a", "b"), told);
    }

    @Test
    void aClosedSubscriptionIsToldNothing() {
        var observers = new Observers<String>();
        var told = new ArrayList<String>();
        Subscription subscription = observers.add(told::add);
        assertFalse(observers.isEmpty());
        subscription.close();
        observers.fire("a");

        assertTrue(observers.isEmpty());
        assertEquals(List.of(), told);
    }
}
