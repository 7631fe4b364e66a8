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
    private final WriteBehind behind;
    private BufferPool.@Nullable Pooled buffer;
    private @Nullable TempFile file;
    private long length;
    private boolean over;

    FileUpload(DirectoryStore store) {
        this.store = store;
        behind = new WriteBehind(store.buffers());
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
                BufferPool.Pooled filling = buffer();
                ByteBuffer into = filling.bytes();
                int count = Math.min(bytes.remaining(), into.remaining());
                into.put(into.position(), bytes, bytes.position(), count);
                into.position(into.position() + count);
                bytes.position(bytes.position() + count);
                length += count;
                if (!into.hasRemaining()) {
                    TempFile started = file();
                    buffer = null;
                    behind.start(started, filling);
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
            TempFile finished = file();
            behind.settle();
            BufferPool.Pooled rest = buffer;
            if (rest != null) {
                finished.append(rest.bytes().flip());
            }
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
        try {
            behind.settle();
        } catch (IOException e) {
            // Nobody needs what was being written: a commit has waited for it and reported the failure.
        } finally {
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
}
