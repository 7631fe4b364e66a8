package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;

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
        checkAbsolute(path);
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

    /** Opens a directory by absolute path for restoring into it, and makes what is missing of it with mode 0700. */
    static int create(byte[] path, int flags) throws IOException {
        checkAbsolute(path);
        List<byte[]> segments = RawPath.of(path).segments();
        Scratch scratch = Scratch.get();
        RawPath reached = RawPath.ROOT;
        int fd = open(reached.bytes(), segments.isEmpty() ? flags : flags | Kernel.O_PATH, false);
        for (int i = 0; i < segments.size(); i++) {
            byte[] segment = segments.get(i);
            reached = reached.child(segment);
            int how = i == segments.size() - 1 ? flags : flags | Kernel.O_PATH;
            long next = segment.length >= Scratch.PATH_BYTES ? -Errno.ENAMETOOLONG
                    : enter(scratch, fd, scratch.name(segment), how);
            close(scratch, fd);
            if (next < 0) {
                throw Errno.exception(next, reached.toString());
            }
            fd = (int) next;
        }
        return fd;
    }

    private static long enter(Scratch scratch, int directory, long name, int flags) {
        long fd = Kernel.call(scratch, Kernel.OPENAT, directory, name, flags, 0);
        if (fd != -Errno.ENOENT) {
            return fd;
        }
        long made = Kernel.call(scratch, Kernel.MKDIRAT, directory, name, 0700);
        return made < 0 && made != -Errno.EEXIST ? made
                : Kernel.call(scratch, Kernel.OPENAT, directory, name, flags, 0);
    }

    private static void checkAbsolute(byte[] path) throws FileSystemException {
        if (path.length == 0 || path[0] != '/') {
            throw new FileSystemException(RawPath.displayOf(path), null, "not an absolute path");
        }
    }

    private static void close(Scratch scratch, int fd) {
        if (fd >= 0) {
            Kernel.call(scratch, Kernel.CLOSE, fd);
        }
    }
}
