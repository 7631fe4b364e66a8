package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;

import com.sun.nio.file.ExtendedOpenOption;

/**
 * A file under construction that is written from front to back, past the page cache where the file system allows it.
 * Packs are written once and hardly ever read by the machine that wrote them, so caching them only costs: copying, page
 * faults, and the pages of whoever needed them.
 */
final class TempFile implements AutoCloseable {
    private final Path path;
    private final Directories directories;
    private FileChannel channel;
    private boolean direct;
    private long length;

    TempFile(Path path, Directories directories, boolean direct) throws IOException {
        this.path = path;
        this.directories = directories;
        FileChannel opened = direct ? openDirect() : null;
        this.direct = opened != null;
        channel = opened != null ? opened : create(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    Path path() {
        return path;
    }

    /** Whether it still goes past the page cache. */
    boolean direct() {
        return direct;
    }

    /**
     * Appends the remaining bytes of a buffer of the pool. Only the last call may bring other than whole blocks; what
     * is behind the limit of the buffer is then written as well, to fill the last block, and cut off again.
     */
    void append(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        int tail = count % BufferPool.ALIGNMENT;
        if (!direct || tail == 0) {
            write(bytes);
        } else {
            int limit = bytes.limit();
            bytes.limit(limit - tail + BufferPool.ALIGNMENT);
            write(bytes);
            channel.truncate(length + count);
        }
        length += count;
    }

    /** Puts everything on the disk and closes the file. */
    void finish() throws IOException {
        channel.force(true);
        channel.close();
    }

    /** Closes and removes the file. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            try {
                channel.write(bytes);
            } catch (IOException e) {
                if (!direct || !channel.isOpen() || Errors.isFull(e, path)) {
                    throw e;
                }
                // It let us open the file but not write to it, or took part of a block.
                direct = false;
                channel.close();
                channel = FileChannel.open(path, StandardOpenOption.WRITE);
                channel.position(length + bytes.position() - start);
            }
        }
    }

    private @Nullable FileChannel openDirect() throws IOException {
        try {
            return create(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            // Some systems create the file before they refuse; and some Java runtimes do not have the option.
            Files.deleteIfExists(path);
            return null;
        }
    }

    /** Opens the new file; the directory for temporary files is made with the first of them. */
    private FileChannel create(Set<OpenOption> options) throws IOException {
        try {
            return FileChannel.open(path, options, directories.fileAttributes());
        } catch (NoSuchFileException e) {
            Path parent = path.getParent();
            if (parent == null) {
                throw e;
            }
            directories.create(parent);
            return FileChannel.open(path, options, directories.fileAttributes());
        }
    }
}
