package org.holdfast.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.console.model.ManyResult.State;
import org.junit.jupiter.api.Test;

class ManyActionTest {
    private final Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();

    private ManyAction<String> action(List<String> targets) {
        return new ManyAction<>(targets, t -> t.startsWith("skip") ? "not this one" : null, t -> {
            var future = new CompletableFuture<String>();
            asked.put(t, future);
            return future;
        }, 2, Runnable::run);
    }

    @Test
    void doesAFewAtATimeAndTellsEachResult() {
        ManyAction<String> many = action(List.of("a", "skip", "b", "c"));
        many.start();
        assertEquals(List.of("a", "b"), List.copyOf(asked.keySet()));
        assertEquals(1, many.count(State.SKIPPED));
        asked.get("a").completeExceptionally(new HoldfastException(Problem.ACCESS_DENIED, "No.", "Ask."));
        assertEquals(List.of("a", "b", "c"), List.copyOf(asked.keySet()));
        asked.get("b").complete("");
        asked.get("c").complete("");
        assertTrue(many.isOver());
        assertEquals("Ask.", many.results().getFirst().failure().advice());

        asked.clear();
        many.retryFailed();
        assertEquals(List.of("a"), List.copyOf(asked.keySet()));
        assertFalse(many.isOver());
        asked.get("a").complete("");
        assertEquals(3, many.count(State.DONE));
    }

    @Test
    void cancelEndsWhatHasNotBegun() {
        ManyAction<String> many = action(List.of("a", "b", "c"));
        many.start();
        many.cancel();
        assertEquals(1, many.count(State.CANCELLED));
        asked.get("a").complete("");
        asked.get("b").complete("");
        assertEquals(2, many.count(State.DONE));
        assertFalse(asked.containsKey("c"), "it went on");
    }

    @Test
    void anActionThatThrowsIsAFailure() {
        var many = new ManyAction<>(List.of("a"), t -> null, t -> {
            throw new IllegalStateException("broken");
        }, 1, Runnable::run);
        many.start();
        assertEquals(1, many.count(State.FAILED));
    }

    @Test
    void answersThatAreThereAtOnceDoNotNest() {
        List<String> targets = IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        var done = new ArrayList<String>();
        var many = new ManyAction<>(targets, t -> null, t -> {
            done.add(t);
            return CompletableFuture.completedFuture(t);
        }, 4, Runnable::run);
        many.start();
        assertTrue(many.isOver());
        assertEquals(targets.size(), done.size());
    }
}
