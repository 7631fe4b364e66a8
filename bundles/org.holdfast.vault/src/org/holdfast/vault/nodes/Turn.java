package org.holdfast.vault.nodes;

import org.holdfast.vault.Refusal;
import org.jdbi.v3.core.Handle;

/** The right to do something that one node does at a time. To be closed when it is done. */
public interface Turn extends AutoCloseable {
    /** Whether it still holds, as far as this node can know without asking; cheap. */
    boolean holds();

    /** Its number; larger than those of all turns before. */
    long fence();

    /**
     * Makes sure, until the end of the transaction, that nobody has had a later turn.
     *
     * @throws Refusal {@code turn-lost}
     */
    void require(Handle handle);

    @Override
    void close();
}
