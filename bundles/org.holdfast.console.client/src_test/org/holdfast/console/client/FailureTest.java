package org.holdfast.console.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void takesWrappersOff() {
        var cause = new HoldfastException(Problem.WRONG_PASSPHRASE, "No.", "Try another.");
        Failure failure = Failure.of(new CompletionException(new ExecutionException(cause)));
        assertEquals(Problem.WRONG_PASSPHRASE, failure.problem());
        assertEquals("No.", failure.message());
        assertEquals("Try another.", failure.advice());
        assertTrue(failure.details().contains("HoldfastException"));
    }

    @Test
    void namesADefectByItsClass() {
        Failure failure = Failure.of(new IllegalStateException("odd"));
        assertEquals(Problem.INTERNAL, failure.problem());
        assertEquals("IllegalStateException: odd", failure.message());
    }

    @Test
    void knowsACancel() {
        assertTrue(Failure.of(new CancellationException()).isCancelled());
        assertTrue(Failure.of(new HoldfastException(Problem.CANCELLED, "x", "")).isCancelled());
    }
}
