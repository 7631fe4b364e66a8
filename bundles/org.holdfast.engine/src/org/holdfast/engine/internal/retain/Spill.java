package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Records that begin with an id, put into parts by its first bits: more of them than memory has room for. What is more
 * than a buffer goes to a temporary file that has no name any more when it is used, so that nothing of it stays,
 * whatever becomes of the process. Written first, then read part by part. One thread at a time.
 */
final class Spill implements AutoCloseable {
    /** So much of an id is kept: by it chunks are told apart everywhere in memory. */
    static final int KEY_BYTES = 16;

    private final int shift;
    private final int recordBytes;
    private final ByteBuffer[] buffers;
    private final @Nullable FileChannel[] files;
    private final ByteBuffer reading;

    /**
     * @param bits parts are told apart by so many bits, at most 16
     * @param recordBytes size of a record, the key included
     * @param bufferBytes memory for each part
     */
    Spill(int bits, int recordBytes, int bufferBytes) {
        this.shift = Integer.SIZE - bits;
        this.recordBytes = recordBytes;
        this.buffers = new ByteBuffer[1 << bits];
        this.files = new @Nullable FileChannel[1 << bits];
        int bytes = Math.max(1, bufferBytes / recordBytes) * recordBytes;
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.allocate(bytes);
        }
        reading = ByteBuffer.allocate(bytes);
    }

    int parts() {
        return buffers.length;
    }

    /**
     * Begins a record with the key of an id.
     *
     * @return where the rest of it is to be put
     */
    ByteBuffer add(byte[] ids, int at) throws IOException {
        int top = ids[at] << 24 | (ids[at + 1] & 0xff) << 16;
        // A shift by all 32 bits would be one by none.
        int part = buffers.length == 1 ? 0 : top >>> shift;
        ByteBuffer buffer = buffers[part];
        if (!buffer.hasRemaining()) {
            drain(part);
        }
        return buffer.put(ids, at, KEY_BYTES);
    }

    private void drain(int part) throws IOException {
        FileChannel file = files[part];
        if (file == null) {
            Path path = Files.createTempFile("holdfast-", ".spill");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            files[part] = file;
        }
        ByteBuffer buffer = buffers[part].flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    /** Takes records. */
    @FunctionalInterface
    interface Reader {
        /**
         * A record; its rest is to be taken out of the buffer.
         *
         * @param high first half of the key
         * @param low second half
         */
        void record(long high, long low, ByteBuffer rest) throws IOException;
    }

    /** Hands out the records of a part in the order in which they came; the part is empty afterwards. */
    void read(int part, Reader reader) throws IOException {
        FileChannel file = files[part];
        if (file != null) {
            long end = file.size();
            for (long at = 0; at < end;) {
                reading.clear();
                while (reading.hasRemaining() && at < end) {
                    at += file.read(reading, at);
                }
                hand(reading.flip(), reader);
            }
            file.close();
            files[part] = null;
        }
        ByteBuffer rest = buffers[part].flip();
        hand(rest, reader);
        rest.clear();
    }

    private void hand(ByteBuffer buffer, Reader reader) throws IOException {
        int end = buffer.limit();
        for (int at = 0; at < end; at += recordBytes) {
            buffer.position(at);
            reader.record(buffer.getLong(), buffer.getLong(), buffer);
        }
    }

    /** Forgets everything. */
    void clear() throws IOException {
        for (int i = 0; i < buffers.length; i++) {
            buffers[i].clear();
            FileChannel file = files[i];
            if (file != null) {
                file.truncate(0);
                file.position(0);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < files.length; i++) {
            FileChannel file = files[i];
            if (file != null) {
                file.close();
                files[i] = null;
            }
        }
    }
}
