package org.holdfast.source.files.internal.nio;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory that is known by its path, with the count of references the interfaces ask for. */
abstract class NioDirectory {
    private final Path path;
    private final AtomicInteger references = new AtomicInteger(1);

    NioDirectory(Path path) {
        this.path = path;
    }

    final Path path() {
        if (references.get() <= 0) {
            throw new IllegalStateException(path + " is closed");
        }
        return path;
    }

    public final void retain() {
        if (references.getAndUpdate(n -> n > 0 ? n + 1 : n) <= 0) {
            throw new IllegalStateException(path + " is closed");
        }
    }

    public final void close() {
        references.updateAndGet(n -> Math.max(0, n - 1));
    }
}
