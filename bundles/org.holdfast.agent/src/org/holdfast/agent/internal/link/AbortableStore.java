package org.holdfast.agent.internal.link;

import org.holdfast.api.spi.store.BlobStore;

/** A store whose calls can be broken off from another thread. */
public interface AbortableStore extends BlobStore {
    /** Lets all calls fail, those that run and those to come. Closing is still up to the owner. */
    void abort();
}
