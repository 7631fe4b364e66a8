package org.holdfast.console.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.RemoteException;
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

    @Test
    void saysRefusalsInThePersonsLanguage() {
        var taken = refusal("vault-exists", "There is a vault \"prod\".", "Choose another name.");
        assertEquals("There is a vault \"prod\".", Failure.of(taken, Locale.ENGLISH).message());
        assertEquals("Choose another name.", Failure.of(taken, Locale.ENGLISH).advice());
        Failure japanese = Failure.of(taken, Locale.JAPANESE);
        assertEquals("その名前のボールトが既にあります。", japanese.message());
        assertEquals("別の名前を選んでください。", japanese.advice());
        assertEquals("vault-exists", japanese.code());
        assertTrue(japanese.details().contains("There is a vault"), japanese.details());
        // what the vault knows besides its code is kept
        assertEquals("復旧ポイントは固定されています (pinned by anna)",
                Failure.of(refusal("point-pinned", "pinned by anna", ""), Locale.JAPANESE).message());
    }

    @Test
    void saysWhatItDoesNotKnowInTheWordsOfTheVault() {
        Failure failure = Failure.of(refusal("brand-new", "Not today.", "Come back."), Locale.JAPANESE);
        assertEquals("Not today.", failure.message());
        assertEquals("Come back.", failure.advice());
        assertEquals("The vault is busy.", Failure.of(refusal("busy", "busy", ""), Locale.ENGLISH).message());
    }

    @Test
    void hasATextForEveryProblemInBothLanguages() {
        for (Problem problem : Problem.values()) {
            String code = problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
            for (Locale locale : new Locale[] { Locale.ENGLISH, Locale.JAPANESE }) {
                assertNotEquals(code, Failure.of(refusal(code, code, ""), locale).message());
            }
        }
    }

    private static RemoteException refusal(String code, String message, String advice) {
        return new RemoteException(Problem.INVALID_REQUEST, 409, code, message, advice, null, null);
    }
}
