package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.StatTable;

/** A file descriptor with a count of references. */
abstract class Handle {
    final Trail trail;
    private final int fd;
    private final AtomicInteger references = new AtomicInteger(1);

    Handle(int fd, Trail trail) {
        this.fd = fd;
        this.trail = trail;
    }

    /** The descriptor; refuses once it is closed, because its number may by then belong to another file. */
    final int fd() {
        if (references.get() <= 0) {
            throw new IllegalStateException(trail.display() + " is closed");
        }
        return fd;
    }

    public final void retain() {
        if (references.getAndUpdate(n -> n > 0 ? n + 1 : n) <= 0) {
            throw new IllegalStateException(trail.display() + " is closed");
        }
    }

    /** Gives a reference back. The last one closes; its result is 0 or the negated error. */
    final long release() {
        int left = references.getAndUpdate(n -> n > 0 ? n - 1 : n);
        return left == 1 ? Kernel.call(Scratch.get(), Kernel.CLOSE, fd) : 0;
    }

    final IOException error(long errno) {
        return Errno.exception(errno, trail.display());
    }

    final IOException error(long errno, byte[] name) {
        return Errno.exception(errno, trail.display(name));
    }

    /** Puts the name of an entry in place for a call; refuses what is not a single segment. */
    final long segment(Scratch scratch, byte[] name) throws IOException {
        checkSegment(name);
        return scratch.name(name);
    }

    final void checkSegment(byte[] name) throws IOException {
        if (!RawPath.isSegment(name)) {
            throw new FileSystemException(trail.display(name), null, "not the name of a directory entry");
        }
        if (name.length >= Scratch.PATH_BYTES) {
            throw error(Errno.ENAMETOOLONG, name);
        }
    }

    final void statHandle(StatTable into) throws IOException {
        into.reset(1);
        long result = Statx.ofHandle(Scratch.get(), fd(), into, 0);
        if (result < 0) {
            throw error(result);
        }
    }
}
