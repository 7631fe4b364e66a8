package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetFile;

/** A regular file open for reading and writing. */
final class LinuxTargetFile extends Handle implements TargetFile {
    LinuxTargetFile(int fd, Trail trail) {
        super(fd, trail);
    }

    @Override
    public void truncate(long size) throws IOException {
        check(Kernel.call(Scratch.get(), Kernel.FTRUNCATE, fd(), size, 0));
    }

    @Override
    public boolean allocate(long position, long length) throws IOException {
        long result = Kernel.call(Scratch.get(), Kernel.FALLOCATE, fd(), 0, position, length);
        if (result == -Errno.EOPNOTSUPP || result == -Errno.ENOSYS) {
            return false;
        }
        check(result);
        return true;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        Scratch scratch = Scratch.get();
        MemorySegment io = scratch.io();
        int fd = fd();
        int done = 0;
        while (done < length) {
            int piece = Math.min(length - done, Scratch.IO_BYTES);
            MemorySegment.copy(from, offset + done, io, ValueLayout.JAVA_BYTE, 0, piece);
            int written = 0;
            while (written < piece) {
                long n = Kernel.call(scratch, Kernel.WRITE_AT, fd, io.address() + written, piece - written,
                        position + done + written);
                check(n);
                written += (int) n;
            }
            done += piece;
        }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return LinuxSourceFile.read(this, position, into, offset, length);
    }

    @Override
    public void stat(StatTable into) throws IOException {
        statHandle(into);
    }

    @Override
    public List<String> setMetadata(RestoreTarget.Metadata metadata) {
        return MetadataWriter.ofOpen(Scratch.get(), fd(), Statx.S_IFREG, metadata);
    }

    @Override
    public void close() throws IOException {
        check(release()); // network file systems tell only now that a write failed
    }

    private void check(long result) throws IOException {
        if (result < 0) {
            throw error(result);
        }
    }
}
