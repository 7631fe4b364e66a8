package org.holdfast.vault.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void missesNoSignal() throws Exception {
        int rounds = 2_000;
        try (Signals signals = new Signals(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicInteger turn = new AtomicInteger();
            Future<Integer> one = threads.submit(() -> play(signals, turn, 0, rounds));
            Future<Integer> other = threads.submit(() -> play(signals, turn, 1, rounds));

            assertEquals(rounds, one.get(60, TimeUnit.SECONDS) + other.get(60, TimeUnit.SECONDS));
        }
    }

    /** Two players hit the ball in turns, each woken by the other one alone. */
    private static int play(Signals signals, AtomicInteger turn, int parity, int rounds) throws InterruptedException {
        int hits = 0;
        for (int next = parity; next < rounds; next += 2) {
            int wanted = next;
            if (signals.await("ball" + parity, LONG, () -> turn.get() == wanted ? true : null) == null) {
                return -1;
            }
            turn.incrementAndGet();
            signals.signal("ball" + (1 - parity));
            hits++;
        }
        return hits;
    }

    @Test
    void wakesManyAndForgetsThem() throws Exception {
        try (Signals signals = new Signals(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> waiting = new ArrayList<>();
            AtomicInteger state = new AtomicInteger();
            for (int i = 0; i < 1_000; i++) {
                waiting.add(threads.submit(() -> signals.<Boolean>await("all", LONG,
                        () -> state.get() > 0 ? true : null) != null));
            }
            until(() -> signals.waiting() == 1_000);
            state.set(1);
            signals.signal("another name");
            assertEquals(1_000, signals.waiting());
            signals.signal("all");
            for (Future<Boolean> each : waiting) {
                assertTrue(each.get(20, TimeUnit.SECONDS));
            }
            assertEquals(0, signals.waiting());
        }
    }

    @Test
    void givesUpInTimeAndWhenItCloses() throws Exception {
        try (Signals signals = new Signals(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertNull(signals.await("never", Duration.ofMillis(20), () -> null));
            Future<Boolean> waiting = threads.submit(() -> signals.await("never", LONG, () -> null) == null);
            until(() -> signals.waiting() == 1);
            signals.close();
            assertTrue(waiting.get(20, TimeUnit.SECONDS));
            assertNull(signals.await("never", LONG, () -> null));
        }
    }

    @Test
    void keepsEventsWithinBounds() throws Exception {
        try (EventBus bus = new EventBus()) {
            String big = "x".repeat(1 << 20);
            for (int i = 0; i < 40; i++) {
                bus.publish(VaultEvent.JOB, "main", Map.of("text", big));
            }
            EventBus.Batch lost = bus.after(5, 100, Duration.ZERO);
            EventBus.Batch known = bus.after(30, 100, Duration.ZERO);

            assertTrue(lost.lost());
            assertEquals(40, lost.cursor());
            assertFalse(known.lost());
            assertEquals(10, known.events().size());
            assertTrue(bus.after(41, 100, Duration.ZERO).lost());
            assertTrue(bus.after(40, 100, Duration.ZERO).events().isEmpty());
        }
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it never happened");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
