package org.holdfast.api.spi.store.remote;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The bytes of an object that is being made: on the heap while they are few, then in pieces of memory, and what there
 * is no piece for in a file of the cache folder. The file has no name any more where the system can do that, so that
 * nothing is left of a process that dies. Written by one thread; read by any when it is complete.
 */
public final class Spool implements AutoCloseable {
    private static final int ON_HEAP = 256 << 10;

    private final Path folder;
    private final SpoolMemory memory;
    private final List<SpoolMemory.Piece> pieces = new ArrayList<>();
    private byte[] few = new byte[8 << 10];
    private long length;
    /** Where the file begins, which has everything from there on. */
    private long inMemory;
    private @Nullable Path path;
    private @Nullable FileChannel file;

    /**
     * Has a file as soon as there is more than a little.
     *
     * @param folder for files, made when the first is needed
     */
    public Spool(Path folder) {
        this(folder, new SpoolMemory(0));
    }

    /**
     * Takes nothing yet.
     *
     * @param folder for files, made when the first is needed
     * @param memory what is used before a file
     */
    public Spool(Path folder, SpoolMemory memory) {
        this.folder = folder;
        this.memory = memory;
    }

    /** Bytes written so far. */
    public long length() {
        return length;
    }

    /** Appends bytes. */
    public void write(byte[] from, int offset, int n) throws IOException {
        if (length + n <= ON_HEAP) {
            if (few.length < length + n) {
                few = Arrays.copyOf(few, Math.min(ON_HEAP, Math.max((int) length + n, few.length * 4)));
            }
            System.arraycopy(from, offset, few, (int) length, n);
            length += n;
            return;
        }
        if (length <= ON_HEAP && few.length > 0) {
            int count = (int) length;
            length = 0;
            append(few, 0, count);
            few = new byte[0];
        }
        append(from, offset, n);
    }

    private void append(byte[] from, int offset, int n) throws IOException {
        int done = 0;
        while (done < n && file == null) {
            int within = (int) (length % SpoolMemory.PIECE);
            if (within == 0) {
                SpoolMemory.Piece piece = memory.take();
                if (piece == null) {
                    inMemory = length;
                    file = spill();
                    break;
                }
                pieces.add(piece);
            }
            int count = Math.min(n - done, SpoolMemory.PIECE - within);
            MemorySegment.copy(from, offset + done, pieces.getLast().bytes(), ValueLayout.JAVA_BYTE, within, count);
            done += count;
            length += count;
        }
        FileChannel channel = file;
        if (channel != null) {
            ByteBuffer rest = ByteBuffer.wrap(from, offset + done, n - done);
            length += n - done;
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    private FileChannel spill() throws IOException {
        Files.createDirectories(folder);
        Path made = Files.createTempFile(folder, "pack", ".part");
        path = made;
        FileChannel channel = FileChannel.open(made, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Files.delete(made);
            path = null;
        } catch (IOException e) {
            // Where open files cannot be deleted, it is done when this is closed.
            path = made;
        }
        return channel;
    }

    /** The bytes from their start; several may be read at a time. */
    public InputStream open() {
        return open(0, length);
    }

    /** A part of the bytes; several may be read at a time. */
    public InputStream open(long from, long bytes) {
        return new Reader(from, from + bytes);
    }

    @Override
    public void close() throws IOException {
        pieces.forEach(memory::give);
        pieces.clear();
        few = new byte[0];
        FileChannel channel = file;
        if (channel != null) {
            channel.close();
        }
        Path left = path;
        if (left != null) {
            Files.deleteIfExists(left);
            path = null;
        }
    }

    private final class Reader extends InputStream {
        private final long end;
        private long at;

        Reader(long from, long end) {
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte @Nullable [] target, int offset, int n) throws IOException {
            byte[] into = Objects.requireNonNull(target);
            int most = (int) Math.min(n, end - at);
            if (most <= 0) {
                return n == 0 ? 0 : -1;
            }
            int got = pieces.isEmpty() && file == null ? heap(into, offset, most)
                    : at < (long) pieces.size() * SpoolMemory.PIECE ? piece(into, offset, most)
                            : file(into, offset, most);
            if (got > 0) {
                at += got;
            }
            return got;
        }

        private int heap(byte[] into, int offset, int n) {
            System.arraycopy(few, (int) at, into, offset, n);
            return n;
        }

        private int piece(byte[] into, int offset, int n) {
            int within = (int) (at % SpoolMemory.PIECE);
            int count = Math.min(n, SpoolMemory.PIECE - within);
            MemorySegment.copy(pieces.get((int) (at / SpoolMemory.PIECE)).bytes(), ValueLayout.JAVA_BYTE, within, into,
                    offset, count);
            return count;
        }

        private int file(byte[] into, int offset, int n) throws IOException {
            FileChannel channel = file;
            if (channel == null) {
                throw new IOException("What was to be sent is gone.");
            }
            return channel.read(ByteBuffer.wrap(into, offset, n), at - inMemory);
        }
    }
}
