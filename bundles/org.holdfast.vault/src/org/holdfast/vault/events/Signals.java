package org.holdfast.vault.events;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Wakes threads that wait for something with a name, such as the long polls of agents for their next command. A signal
 * carries nothing: who is woken looks again. It is meant for virtual threads, of which ten thousand may wait. Signals
 * given while the condition is being looked at are not missed. Thread-safe.
 */
@Component(service = Signals.class)
public final class Signals implements AutoCloseable {
    private final ConcurrentMap<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Consumer<String> relay;
    private volatile boolean closed;

    /** Nobody waits yet. */
    @Activate
    public Signals() {
        // nothing to prepare
    }

    /** From now on other nodes are told of each signal too. */
    public void relay(Consumer<String> others) {
        relay = others;
    }

    /**
     * Wakes everybody who waits for that name, at this node and others; to be called after the transaction has been
     * committed.
     */
    public void signal(String name) {
        wake(name);
        Consumer<String> others = relay;
        if (others != null) {
            others.accept(name);
        }
    }

    /** Wakes those who wait at this node. */
    public void wake(String name) {
        waiting.computeIfPresent(name, (key, waiters) -> {
            waiters.forEach(Waiter::wake);
            return waiters;
        });
    }

    /**
     * Waits until a condition gives something.
     *
     * @param name what will be signalled when the condition may have changed
     * @param patience how long to wait at most
     * @param condition looked at once before waiting and after each signal; null means to wait on
     * @return what the condition gave, null when the time is over or the node goes down
     */
    public <T> @Nullable T await(String name, Duration patience, Supplier<@Nullable T> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Waiter waiter = new Waiter(Thread.currentThread());
        add(name, waiter);
        count.incrementAndGet();
        try {
            while (true) {
                waiter.signalled = false;
                T found = condition.get();
                if (found != null) {
                    return found;
                }
                while (!waiter.signalled) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0 || closed) {
                        return null;
                    }
                    LockSupport.parkNanos(this, Math.min(left, TimeUnit.MINUTES.toNanos(1)));
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
                if (closed) {
                    return null;
                }
            }
        } finally {
            count.decrementAndGet();
            remove(name, waiter);
        }
    }

    /** How many threads wait. */
    public int waiting() {
        return count.get();
    }

    /** Whether the node is going down; then nobody waits any longer. */
    public boolean isClosed() {
        return closed;
    }

    /** Sends everybody home and lets nobody wait again. */
    @Deactivate
    @Override
    public void close() {
        closed = true;
        waiting.keySet().forEach(this::wake);
    }

    private void add(String name, Waiter waiter) {
        waiting.compute(name, (key, waiters) -> {
            Set<Waiter> set = waiters == null ? new HashSet<>(2) : waiters;
            set.add(waiter);
            return set;
        });
    }

    private void remove(String name, Waiter waiter) {
        waiting.computeIfPresent(name, (key, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    private static final class Waiter {
        private final Thread thread;
        private volatile boolean signalled;

        Waiter(Thread thread) {
            this.thread = thread;
        }

        void wake() {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }
}
