package org.holdfast.engine.internal.fake;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts references and open handles; using what is closed is an error, as it is with descriptors. */
abstract class FakeHandle {
    private final AtomicInteger references = new AtomicInteger(1);
    private final FakeFiles files;

    FakeHandle(FakeFiles files) {
        this.files = files;
        files.handles().incrementAndGet();
    }

    final void requireOpen() {
        if (references.get() <= 0) {
            throw new IllegalStateException("This handle is closed");
        }
    }

    /** Adds a reference. */
    public void retain() {
        requireOpen();
        references.incrementAndGet();
    }

    /** Gives a reference back. */
    public void close() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("This handle was closed before");
        }
        if (left == 0) {
            files.handles().decrementAndGet();
        }
    }
}
