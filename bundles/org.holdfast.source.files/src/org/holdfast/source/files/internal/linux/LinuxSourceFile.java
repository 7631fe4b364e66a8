package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;

/** A regular file open for reading. */
final class LinuxSourceFile extends Handle implements SourceFile {
    LinuxSourceFile(int fd, Trail trail) {
        super(fd, trail);
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return read(this, position, into, offset, length);
    }

    static int read(Handle file, long position, byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        Scratch scratch = Scratch.get();
        MemorySegment io = scratch.io();
        int fd = file.fd();
        int done = 0;
        while (done < length) {
            int wanted = Math.min(length - done, Scratch.IO_BYTES);
            long n = Kernel.call(scratch, Kernel.READ_AT, fd, io.address(), wanted, position + done);
            if (n < 0) {
                throw file.error(n);
            }
            if (n == 0) {
                break;
            }
            MemorySegment.copy(io, ValueLayout.JAVA_BYTE, 0, into, offset + done, (int) n);
            done += (int) n;
        }
        return done;
    }

    @Override
    public void stat(StatTable into) throws IOException {
        statHandle(into);
    }

    @Override
    public long nextData(long from) throws IOException {
        long position = seek(from, Kernel.SEEK_DATA);
        if (position == -Errno.ENXIO) {
            return -1;
        }
        if (position == -Errno.EINVAL || position == -Errno.EOPNOTSUPP) {
            return from < size() ? from : -1;
        }
        if (position < 0) {
            throw error(position);
        }
        return position;
    }

    @Override
    public long nextHole(long from) throws IOException {
        long position = seek(from, Kernel.SEEK_HOLE);
        if (position == -Errno.ENXIO) {
            return from;
        }
        if (position == -Errno.EINVAL || position == -Errno.EOPNOTSUPP) {
            return Math.max(from, size());
        }
        if (position < 0) {
            throw error(position);
        }
        return position;
    }

    private long seek(long from, int whence) {
        return Kernel.call(Scratch.get(), Kernel.LSEEK, fd(), from, whence);
    }

    private long size() throws IOException {
        Scratch scratch = Scratch.get();
        long result = Statx.ofHandle(scratch, fd());
        if (result < 0) {
            throw error(result);
        }
        return Statx.size(scratch);
    }

    @Override
    public List<ExtendedAttribute> attributes() throws IOException {
        return Xattrs.read(Scratch.get(), Xattrs.By.HANDLE, fd(), this);
    }

    @Override
    public void close() {
        release();
    }
}
