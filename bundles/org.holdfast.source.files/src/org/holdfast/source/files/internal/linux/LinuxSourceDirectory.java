package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;

/** An open directory; everything in it is reached relative to its descriptor. */
final class LinuxSourceDirectory extends Handle implements SourceDirectory {
    private static final int OPEN = Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC | Kernel.O_NONBLOCK | Kernel.O_NOCTTY;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    LinuxSourceDirectory(int fd, Trail trail) {
        super(fd, trail);
    }

    /**
     * Opens for reading without touching the access time where this process may ask for that: it must own the entry
     * or have the capability CAP_FOWNER, else the kernel says EPERM and the call is made again without.
     */
    static long open(Scratch scratch, int directory, long name, int flags) {
        long fd = Kernel.call(scratch, Kernel.OPENAT, directory, name, flags | Kernel.O_NOATIME, 0);
        return fd == -Errno.EPERM ? Kernel.call(scratch, Kernel.OPENAT, directory, name, flags, 0) : fd;
    }

    @Override
    public void list(NameTable into, CancelToken cancel) throws IOException {
        into.clear();
        Scratch scratch = Scratch.get();
        synchronized (this) { // the position in the directory belongs to the descriptor
            int fd = fd();
            long n = Kernel.call(scratch, Kernel.LSEEK, fd, 0, Kernel.SEEK_SET);
            while (n >= 0) {
                cancel.check();
                n = Kernel.call(scratch, Kernel.GETDENTS64, fd, scratch.block.address(), Scratch.BLOCK_BYTES);
                if (n == 0) {
                    break;
                }
                if (n > 0) {
                    addNames(scratch.heapBlock((int) n), (int) n, into);
                }
            }
            if (n < 0) {
                throw error(n);
            }
        }
        into.sort();
    }

    /** Takes the names out of {@code struct linux_dirent64} records: 8 inode, 8 offset, 2 length, 1 type, name. */
    private static void addNames(byte[] block, int length, NameTable into) {
        int at = 0;
        while (at < length) {
            int low = block[at + 16] & 0xff;
            int high = block[at + 17] & 0xff;
            int next = at + (LITTLE_ENDIAN ? high << 8 | low : low << 8 | high);
            int start = at + 19;
            int end = start;
            while (block[end] != 0) {
                end++;
            }
            int n = end - start;
            boolean dots = block[start] == '.' && (n == 1 || n == 2 && block[start + 1] == '.');
            if (!dots) {
                into.add(block, start, n);
            }
            at = next;
        }
    }

    @Override
    public void stat(NameTable names, int from, int to, StatTable into) {
        into.reset(to - from);
        Scratch scratch = Scratch.get();
        int fd = fd();
        byte[] bytes = names.bytes();
        for (int i = from; i < to; i++) {
            long name = scratch.name(bytes, names.offset(i), names.length(i));
            long result = Statx.of(scratch, fd, name, into, i - from);
            if (result < 0) {
                into.mode[i - from] = result == -Errno.ENOENT ? StatTable.VANISHED : StatTable.FAILED;
            }
        }
    }

    @Override
    public void statSelf(StatTable into) throws IOException {
        statHandle(into);
    }

    @Override
    public void stat(byte[] name, StatTable into) throws IOException {
        Scratch scratch = Scratch.get();
        into.reset(1);
        long result = Statx.of(scratch, fd(), segment(scratch, name), into, 0);
        if (result < 0) {
            throw error(result, name);
        }
    }

    @Override
    public SourceDirectory openDirectory(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        long fd = open(scratch, fd(), segment(scratch, name), OPEN | Kernel.O_DIRECTORY);
        if (fd < 0) {
            throw error(fd, name);
        }
        return new LinuxSourceDirectory((int) fd, new Trail(trail, name));
    }

    @Override
    public SourceFile openFile(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        long fd = open(scratch, fd(), segment(scratch, name), OPEN);
        if (fd == -Errno.ENXIO) {
            throw notRegular(name); // a socket
        }
        if (fd < 0) {
            throw error(fd, name);
        }
        long result = Statx.ofHandle(scratch, (int) fd);
        if (result < 0 || (Statx.mode(scratch) & Statx.S_IFMT) != Statx.S_IFREG) {
            Kernel.call(scratch, Kernel.CLOSE, fd);
            throw result < 0 ? error(result, name) : notRegular(name);
        }
        return new LinuxSourceFile((int) fd, new Trail(trail, name));
    }

    private FileSystemException notRegular(byte[] name) {
        return new FileSystemException(trail.display(name), null, "not a regular file");
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        Scratch scratch = Scratch.get();
        return readLink(this, scratch, segment(scratch, name), name);
    }

    static byte[] readLink(Handle directory, Scratch scratch, long segment, byte[] name) throws IOException {
        MemorySegment block = scratch.block;
        long n = Kernel.call(scratch, Kernel.READLINKAT, directory.fd(), segment, block.address(), block.byteSize());
        if (n == -Errno.EINVAL) {
            throw new FileSystemException(directory.trail.display(name), null, "not a symbolic link");
        }
        if (n < 0) {
            throw directory.error(n, name);
        }
        var target = new byte[(int) n];
        MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, target, 0, (int) n);
        return target;
    }

    @Override
    public List<ExtendedAttribute> attributes(byte[] name, int mode) throws IOException {
        Scratch scratch = Scratch.get();
        checkSegment(name);
        try {
            return Xattrs.read(scratch, Xattrs.By.LINK, Xattrs.pathOf(scratch, fd(), name), this, name);
        } catch (NoSuchFileException e) {
            if (Statx.exists(scratch, fd(), scratch.name(name))) { // then it is /proc that is not there
                throw new FileSystemException(trail.display(name), null,
                        "its extended attributes cannot be reached because /proc is not mounted");
            }
            throw e;
        }
    }

    @Override
    public List<ExtendedAttribute> attributesOfSelf() throws IOException {
        return Xattrs.read(Scratch.get(), Xattrs.By.HANDLE, fd(), this);
    }

    @Override
    public void close() {
        release();
    }
}
