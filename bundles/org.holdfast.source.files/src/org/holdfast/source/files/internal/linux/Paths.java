package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;

import org.holdfast.api.RawPath;

/** Opens absolute paths, also those longer than the kernel takes at once. */
final class Paths {
    private Paths() {
    }

    /**
     * Opens an absolute path step by step, with as many segments at once as fit.
     *
     * @param flags for the last segment
     * @param quietly whether to leave access times alone where allowed
     */
    static int open(byte[] path, int flags, boolean quietly) throws IOException {
        if (path.length == 0 || path[0] != '/') {
            throw new FileSystemException(RawPath.displayOf(path), null, "not an absolute path");
        }
        Scratch scratch = Scratch.get();
        int directory = Kernel.AT_FDCWD;
        int start = 0;
        try {
            while (path.length - start >= Scratch.PATH_BYTES) {
                int end = start + Scratch.PATH_BYTES - 2;
                while (end > start && path[end] != '/') {
                    end--;
                }
                long next = end == start ? -Errno.ENAMETOOLONG
                        : Kernel.call(scratch, Kernel.OPENAT, directory, scratch.name(path, start, end - start),
                                Kernel.O_PATH | Kernel.O_DIRECTORY | Kernel.O_CLOEXEC, 0);
                if (next < 0) {
                    throw Errno.exception(next, RawPath.displayOf(Arrays.copyOf(path, Math.max(1, end))));
                }
                close(scratch, directory);
                directory = (int) next;
                start = end + 1;
            }
            long name = scratch.name(path, start, path.length - start);
            long fd = quietly ? LinuxSourceDirectory.open(scratch, directory, name, flags)
                    : Kernel.call(scratch, Kernel.OPENAT, directory, name, flags, 0);
            if (fd < 0) {
                throw Errno.exception(fd, RawPath.displayOf(path));
            }
            return (int) fd;
        } finally {
            close(scratch, directory);
        }
    }

    private static void close(Scratch scratch, int fd) {
        if (fd >= 0) {
            Kernel.call(scratch, Kernel.CLOSE, fd);
        }
    }
}
