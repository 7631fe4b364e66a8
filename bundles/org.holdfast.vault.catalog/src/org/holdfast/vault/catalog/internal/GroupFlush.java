package org.holdfast.vault.catalog.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jdbi.v3.core.Handle;

/**
 * Makes commits of the embedded database last, many with one effort: whoever comes while another one is at it finds its
 * own commit done when it is its turn. The database could do that by itself for each commit, but then does not clear up
 * its file any more.
 */
public final class GroupFlush {

    private final String statement;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicLong commits = new AtomicLong();
    private long flushed;

    /** @param statement makes everything last that was committed before it began */
    public GroupFlush(String statement) {
        this.statement = statement;
    }

    /**
     * Returns when everything lasts that the caller has committed.
     *
     * @param open opens a connection, when one is needed
     */
    public void run(Supplier<Handle> open) {
        long own = commits.incrementAndGet();
        turn.lock();
        try {
            if (flushed < own) {
                long all = commits.get();
                try (Handle handle = open.get()) {
                    handle.execute(statement);
                }
                flushed = all;
            }
        } finally {
            turn.unlock();
        }
    }
}
