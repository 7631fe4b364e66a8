package org.holdfast.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.engine.internal.fake.Rig;
import org.holdfast.testkit.store.FaultyStore;
import org.holdfast.testkit.store.FaultyStore.Call;
import org.holdfast.testkit.store.FaultyStore.When;
import org.holdfast.testkit.store.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever interrupts the thread that waits for a long operation ends the operation, in good order. */
@Timeout(60)
class InterruptTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Rig rig = new Rig();

    @BeforeEach
    void fill() {
        for (int i = 0; i < 20; i++) {
            rig.tree().random("/data/f" + i, 3 << 20, i);
        }
        rig.backup("/data");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Interrupts while a pack is being read; the operation may not end before its threads have. */
    private void interrupt(Consumer<LocalOpenVault> operation) throws Exception {
        var stopping = new FaultyStore(rig.store(), Set.of(Call.READ, Call.GET));
        Gate gate = stopping.delay(12, When.BEFORE);
        var outcome = new CompletableFuture<Object>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                operation.accept(rig.open(stopping, rig.files()));
                outcome.complete("it went on to its end");
            } catch (HoldfastException e) {
                outcome.complete(e.problem() + (Thread.currentThread().isInterrupted() ? "" : ", not interrupted"));
            } catch (Throwable e) {
                outcome.complete(e);
            }
        });
        assertTrue(gate.awaitReached(LONGEST));
        thread.interrupt();
        assertTrue(!outcome.isDone(), "somebody is still at work");
        gate.open();
        assertEquals(Problem.CANCELLED.toString(), outcome.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, rig.files().openHandles());
    }

    @Test
    void interruptingARestoreEndsIt() throws Exception {
        String point = rig.open().points().getFirst().id();
        interrupt(vault -> vault.restore(new RestoreRequest(point, List.of(), RawPath.of("/target"), IfExists.COPY,
                true, true, false), ProgressSink.NONE, new CancelToken()));
    }

    @Test
    void interruptingAVerificationEndsIt() throws Exception {
        interrupt(vault -> vault.verify(true, ProgressSink.NONE, new CancelToken()));
    }
}
