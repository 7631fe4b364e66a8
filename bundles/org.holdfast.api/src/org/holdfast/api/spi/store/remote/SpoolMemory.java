package org.holdfast.api.spi.store.remote;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Memory outside the heap for objects that are being made or sent, in pieces of one size that are used again and again.
 * While the line keeps up, a backup needs no file for what is on its way, which would be written and read once more.
 * Bounded; thread-safe.
 */
public final class SpoolMemory implements AutoCloseable {
    /** Bytes of a piece. */
    public static final int PIECE = 1 << 20;

    private final int most;
    private final Deque<Piece> free = new ArrayDeque<>();
    private int made;
    private boolean closed;

    /** A piece of memory. */
    record Piece(Arena arena, MemorySegment bytes) {
    }

    /**
     * Takes nothing yet.
     *
     * @param budget the most bytes of memory; less than a piece is none
     */
    public SpoolMemory(long budget) {
        most = (int) Math.min(Integer.MAX_VALUE, budget / PIECE);
    }

    /** A piece, or null when all are in use. */
    @Nullable
    synchronized Piece take() {
        if (closed) {
            return null;
        }
        Piece kept = free.poll();
        if (kept != null || made >= most) {
            return kept;
        }
        made++;
        Arena arena = Arena.ofShared();
        return new Piece(arena, arena.allocate(PIECE));
    }

    /** Takes a piece back that nobody reads or writes any more. */
    synchronized void give(Piece piece) {
        if (closed) {
            piece.arena().close();
        } else {
            free.push(piece);
        }
    }

    /** Frees what is not in use now, and the rest when it is given back. */
    @Override
    public synchronized void close() {
        closed = true;
        free.forEach(piece -> piece.arena().close());
        free.clear();
    }
}
