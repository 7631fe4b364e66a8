package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.Upload;

/** Fills one buffer after the other and writes each to a temporary file; the commit gives that its name. */
final class FileUpload implements Upload {
    /** Objects below this go through the page cache: they are index and point objects, which will be read. */
    static final int DIRECT_FROM = 256 << 10;

    private final DirectoryStore store;
    private BufferPool.@Nullable Pooled buffer;
    private @Nullable TempFile file;
    private long length;
    private boolean over;

    FileUpload(DirectoryStore store) {
        this.store = store;
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, from.length);
        append(ByteBuffer.wrap(from, offset, count));
    }

    void append(ByteBuffer bytes) throws IOException {
        requireOpen();
        try {
            while (bytes.hasRemaining()) {
                ByteBuffer into = buffer().bytes();
                int count = Math.min(bytes.remaining(), into.remaining());
                into.put(into.position(), bytes, bytes.position(), count);
                into.position(into.position() + count);
                bytes.position(bytes.position() + count);
                length += count;
                if (!into.hasRemaining()) {
                    flush(into);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean commit(String name) throws IOException {
        ObjectNames.require(name);
        requireOpen();
        over = true;
        try {
            Path target = store.layout().file(name);
            if (store.publisher().isPublished(target)) {
                return false;
            }
            ByteBuffer rest = buffer().bytes();
            if (rest.position() > 0 || file == null) {
                flush(rest);
            }
            TempFile finished = file();
            finished.finish();
            return store.publisher().publish(finished.path(), target);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            release();
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        release();
    }

    private void flush(ByteBuffer bytes) throws IOException {
        bytes.flip();
        file().append(bytes);
        bytes.clear();
    }

    private BufferPool.Pooled buffer() {
        BufferPool.Pooled it = buffer;
        if (it == null) {
            it = store.buffers().take();
            buffer = it;
        }
        return it;
    }

    private TempFile file() throws IOException {
        TempFile it = file;
        if (it == null) {
            it = store.newFile(length >= DIRECT_FROM);
            file = it;
        }
        return it;
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("This upload is over");
        }
    }

    /** Gives the room back at once: who ran out of it needs it now. */
    private IOException failed(IOException e) {
        over = true;
        IOException result = Errors.translate(e, store.layout().root());
        try {
            release();
        } catch (IOException second) {
            result.addSuppressed(second);
        }
        return result;
    }

    private void release() throws IOException {
        BufferPool.Pooled usedBuffer = buffer;
        TempFile usedFile = file;
        buffer = null;
        file = null;
        if (usedBuffer != null) {
            store.buffers().give(usedBuffer);
        }
        if (usedFile != null) {
            usedFile.close();
        }
    }
}
