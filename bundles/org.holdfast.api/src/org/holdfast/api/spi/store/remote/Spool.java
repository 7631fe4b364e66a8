package org.holdfast.api.spi.store.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The bytes of an object that is being made: in memory while they are few, then in a file of the cache folder. The file
 * has no name any more where the system can do that, so that nothing is left of a process that dies.
 */
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 256 << 10;

    private final Path folder;
    private byte[] few = new byte[8 << 10];
    private int count;
    private @Nullable Path path;
    private @Nullable FileChannel file;
    private long length;

    /** @param folder for the files, made when the first is needed */
    public Spool(Path folder) {
        this.folder = folder;
    }

    /** Bytes written so far. */
    public long length() {
        return length;
    }

    /** Appends bytes. */
    public void write(byte[] from, int offset, int n) throws IOException {
        FileChannel channel = file;
        if (channel == null && length + n > IN_MEMORY) {
            channel = spill();
        }
        if (channel != null) {
            write(channel, ByteBuffer.wrap(from, offset, n));
        } else {
            if (few.length < count + n) {
                few = Arrays.copyOf(few, Math.min(IN_MEMORY, Math.max(count + n, few.length * 4)));
            }
            System.arraycopy(from, offset, few, count, n);
            count += n;
        }
        length += n;
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private FileChannel spill() throws IOException {
        Files.createDirectories(folder);
        Path made = Files.createTempFile(folder, "pack", ".part");
        path = made;
        FileChannel channel = FileChannel.open(made, StandardOpenOption.READ, StandardOpenOption.WRITE);
        file = channel;
        try {
            Files.delete(made);
            path = null;
        } catch (IOException e) {
            // Where open files cannot be deleted, it is done when this is closed.
            path = made;
        }
        write(channel, ByteBuffer.wrap(few, 0, count));
        few = new byte[0];
        return channel;
    }

    /** The bytes from their start; several may be read at a time. */
    public InputStream open() {
        return open(0, length);
    }

    /** A part of the bytes; several may be read at a time. */
    public InputStream open(long from, long bytes) {
        FileChannel channel = file;
        return channel == null ? new ByteArrayInputStream(few, (int) from, (int) bytes)
                : new FromFile(channel, from, from + bytes);
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = file;
        if (channel != null) {
            channel.close();
        }
        Path left = path;
        if (left != null) {
            Files.deleteIfExists(left);
            path = null;
        }
        few = new byte[0];
    }

    private static final class FromFile extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long at;

        FromFile(FileChannel channel, long from, long end) {
            this.channel = channel;
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte @Nullable [] into, int offset, int n) throws IOException {
            if (at >= end) {
                return -1;
            }
            int got = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(n, end - at)), at);
            if (got > 0) {
                at += got;
            }
            return got;
        }
    }
}
