package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.List;

import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;

/**
 * An open directory that is restored into. Every call takes one segment relative to the descriptor and follows no
 * link, so whatever somebody puts in the way meanwhile, nothing outside is reached.
 */
final class LinuxTargetDirectory extends Handle implements TargetDirectory {
    private static final int OPEN = Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;

    LinuxTargetDirectory(int fd, Trail trail) {
        super(fd, trail);
    }

    @Override
    public void stat(byte[] name, StatTable into) throws IOException {
        Scratch scratch = Scratch.get();
        into.reset(1);
        long result = Statx.of(scratch, fd(), segment(scratch, name), into, 0);
        if (result == -Errno.ENOENT) {
            into.mode[0] = StatTable.VANISHED;
        } else {
            check(result, name);
        }
    }

    @Override
    public TargetDirectory directory(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        long segment = segment(scratch, name);
        long made = Kernel.call(scratch, Kernel.MKDIRAT, fd(), segment, 0700);
        if (made != -Errno.EEXIST) {
            check(made, name);
        }
        long fd = Kernel.call(scratch, Kernel.OPENAT, fd(), segment, OPEN | Kernel.O_DIRECTORY, 0);
        if (fd == -Errno.ELOOP) {
            throw new NotDirectoryException(trail.display(name));
        }
        check(fd, name);
        return new LinuxTargetDirectory((int) fd, new Trail(trail, name));
    }

    @Override
    public TargetFile file(byte[] name, boolean existing) throws IOException {
        Scratch scratch = Scratch.get();
        long segment = segment(scratch, name);
        long fd = -Errno.ENOENT;
        if (existing) {
            fd = Kernel.call(scratch, Kernel.OPENAT, fd(), segment,
                    OPEN | Kernel.O_RDWR | Kernel.O_NONBLOCK | Kernel.O_NOCTTY, 0);
            if (fd == -Errno.ENXIO || fd == -Errno.EISDIR || fd >= 0 && !isRegular(scratch, (int) fd)) {
                closeQuietly(scratch, fd);
                throw new FileSystemException(trail.display(name), null, "not a regular file");
            }
        }
        if (fd == -Errno.ENOENT) {
            fd = Kernel.call(scratch, Kernel.OPENAT, fd(), segment,
                    OPEN | Kernel.O_RDWR | Kernel.O_CREAT | Kernel.O_EXCL, 0600);
        }
        check(fd, name);
        return new LinuxTargetFile((int) fd, new Trail(trail, name));
    }

    @Override
    public TargetFile existing(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        long fd = Kernel.call(scratch, Kernel.OPENAT, fd(), segment(scratch, name),
                OPEN | Kernel.O_NONBLOCK | Kernel.O_NOCTTY, 0);
        if (fd == -Errno.ENXIO || fd >= 0 && !isRegular(scratch, (int) fd)) {
            closeQuietly(scratch, fd);
            throw new FileSystemException(trail.display(name), null, "not a regular file");
        }
        check(fd, name);
        return new LinuxTargetFile((int) fd, new Trail(trail, name));
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        return LinuxSourceDirectory.readLink(this, scratch, segment(scratch, name), name);
    }

    private static boolean isRegular(Scratch scratch, int fd) {
        return Statx.ofHandle(scratch, fd) == 0 && (Statx.mode(scratch) & Statx.S_IFMT) == Statx.S_IFREG;
    }

    @Override
    public void symbolicLink(byte[] name, byte[] target) throws IOException {
        Scratch scratch = Scratch.get();
        long text = scratch.otherName(target);
        if (text == 0) {
            throw error(Errno.ENAMETOOLONG, name);
        }
        check(Kernel.call(scratch, Kernel.SYMLINKAT, text, fd(), segment(scratch, name)), name);
    }

    @Override
    public void hardLink(byte[] name, TargetDirectory otherDirectory, byte[] otherName) throws IOException {
        if (!(otherDirectory instanceof LinuxTargetDirectory other)) {
            throw new IllegalArgumentException("a directory of another kind of target");
        }
        Scratch scratch = Scratch.get();
        other.checkSegment(otherName);
        check(Kernel.call(scratch, Kernel.LINKAT, other.fd(), scratch.otherName(otherName), fd(),
                segment(scratch, name)), name);
    }

    @Override
    public void special(byte[] name, int mode, long specialDevice) throws IOException {
        int type = mode & Statx.S_IFMT;
        if (type != Statx.S_IFIFO && type != Statx.S_IFSOCK && type != Statx.S_IFCHR && type != Statx.S_IFBLK) {
            throw new FileSystemException(trail.display(name), null,
                    "not the type of a special file: " + Integer.toOctalString(type));
        }
        long major = specialDevice >>> 32;
        long minor = specialDevice & 0xffffffffL;
        // The kernel's encoding, include/linux/kdev_t.h: new_encode_dev.
        long device = minor & 0xff | major << 8 | (minor & ~0xffL) << 12;
        Scratch scratch = Scratch.get();
        check(Kernel.call(scratch, Kernel.MKNODAT, fd(), segment(scratch, name), type | 0600, device), name);
    }

    @Override
    public void rename(byte[] from, byte[] to) throws IOException {
        Scratch scratch = Scratch.get();
        checkSegment(to);
        long old = segment(scratch, from);
        check(Kernel.call(scratch, Kernel.RENAMEAT2, fd(), old, fd(), scratch.otherName(to), 0), to);
        // Two names of one file: POSIX lets renaming do nothing then, and the old name stays.
        if (Statx.exists(scratch, fd(), old)) {
            remove(from);
        }
    }

    @Override
    public void remove(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        long result = Kernel.call(scratch, Kernel.UNLINKAT, fd(), segment(scratch, name), 0);
        if (result != -Errno.ENOENT) {
            check(result, name);
        }
    }

    @Override
    public List<String> setMetadata(byte[] name, int type, RestoreTarget.Metadata metadata) throws IOException {
        Scratch scratch = Scratch.get();
        long opened = Kernel.call(scratch, Kernel.OPENAT, fd(), segment(scratch, name), OPEN | Kernel.O_PATH, 0);
        check(opened, name);
        int fd = (int) opened;
        try {
            check(Statx.ofHandle(scratch, fd), name);
            if ((Statx.mode(scratch) & Statx.S_IFMT) != (type & Statx.S_IFMT)) {
                throw new FileSystemException(trail.display(name), null, "was replaced by something else meanwhile");
            }
            return MetadataWriter.ofPinned(scratch, fd, type, metadata);
        } finally {
            closeQuietly(scratch, fd);
        }
    }

    @Override
    public List<String> setMetadataOfSelf(RestoreTarget.Metadata metadata) {
        return MetadataWriter.ofOpen(Scratch.get(), fd(), Statx.S_IFDIR, metadata);
    }

    @Override
    public void close() {
        release();
    }

    private void check(long result, byte[] name) throws IOException {
        if (result < 0) {
            throw error(result, name);
        }
    }

    private static void closeQuietly(Scratch scratch, long fd) {
        if (fd >= 0) {
            Kernel.call(scratch, Kernel.CLOSE, fd);
        }
    }
}
