package org.holdfast.store.directory.internal;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.Upload;

/** Objects as files. Holds no lock of any kind; see {@link Publisher} for why none is needed. */
public final class DirectoryStore implements BlobStore {
    // Elsewhere going past the page cache has rules of its own, about truncation for one, and was never measured.
    private static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));
    private static final int OPEN_FILES = 16;
    // Java copies to a heap array through a buffer of its own that each thread keeps: keep that small.
    private static final int READ_STEP = 256 << 10;

    private final String location;
    private final Layout layout;
    private final Directories directories;
    private final Publisher publisher;
    private final TempFiles temps;
    private final BufferPool buffers;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final OpenFiles readers = new OpenFiles(OPEN_FILES);
    private volatile boolean direct = LINUX;

    /**
     * Opens a store in a directory that is there, and removes what dead writers left in it.
     *
     * @param location what the person calls it
     * @param root the directory, absolute
     * @param clock says how old temporary files are
     * @param buffers shared with other stores
     */
    public DirectoryStore(String location, Path root, Clock clock, BufferPool buffers) {
        this(location, new Directories(root), root, buffers);
        temps.removeStale(clock);
        buffers.join();
    }

    private DirectoryStore(String location, Directories directories, Path root, BufferPool buffers) {
        this.buffers = buffers;
        this.location = location;
        this.directories = directories;
        layout = new Layout(root);
        publisher = new Publisher(directories);
        temps = new TempFiles(layout.temp());
    }

    /**
     * Makes the directory as far as it is missing and opens it.
     *
     * @param location what the person calls it
     * @param root the directory, absolute; missing or empty
     * @param clock says how old temporary files are
     * @param buffers shared with other stores
     */
    public static DirectoryStore create(String location, Path root, Clock clock, BufferPool buffers)
            throws IOException {
        try {
            new Directories(root).createRoot();
        } catch (IOException e) {
            throw Errors.translate(e, root);
        }
        return new DirectoryStore(location, root, clock, buffers);
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        try (FileUpload upload = new FileUpload(this)) {
            if (publisher.isPublished(layout.file(name))) {
                return false;
            }
            upload.append(bytes);
            return upload.commit(name);
        }
    }

    @Override
    public Upload begin() {
        return new FileUpload(this);
    }

    @Override
    public long size(String name) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(layout.file(name), BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : -1;
        } catch (NoSuchFileException e) {
            return -1;
        } catch (FileSystemException e) {
            if (isBelowObject(name)) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("Position " + position);
        }
        Path file = layout.file(name);
        while (true) {
            try (OpenFiles.Lease lease = readers.open(name, file)) {
                try {
                    return read(lease.channel(), position, into, offset, length);
                } catch (IOException e) {
                    readers.drop(name, lease);
                    if (e instanceof ClosedByInterruptException || !(e instanceof ClosedChannelException)) {
                        throw e;
                    }
                    // Another thread was interrupted while it read this file, which closes it for all: open it again.
                }
            } catch (IOException e) {
                throw missing(name) ? new NoSuchFileException(name) : e;
            }
        }
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        // Objects that are read whole are read once.
        try (FileChannel channel = FileChannel.open(layout.file(name), StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > limit) {
                throw new FileSystemException(name, null, size + " bytes, more than the " + limit + " expected");
            }
            byte[] bytes = new byte[(int) size];
            int count = read(channel, 0, bytes, 0, bytes.length);
            return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        } catch (IOException e) {
            throw missing(name) ? new NoSuchFileException(name) : e;
        }
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        new Lister(ObjectNames.requirePrefix(prefix), visitor).list(layout.root());
    }

    @Override
    public boolean delete(String name) throws IOException {
        if (size(name) < 0) {
            return false;
        }
        Path file = layout.file(name);
        boolean deleted = Files.deleteIfExists(file);
        readers.drop(name);
        if (deleted && !Layout.isPack(name)) {
            publisher.syncDeletion(file);
        }
        return deleted;
    }

    @Override
    public long freeBytes() {
        File root = layout.root().toFile();
        long free = root.getUsableSpace();
        return free > 0 || root.getTotalSpace() > 0 ? free : -1;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            buffers.leave();
        }
        readers.close();
    }

    Layout layout() {
        return layout;
    }

    Publisher publisher() {
        return publisher;
    }

    BufferPool buffers() {
        return buffers;
    }

    /** Starts a temporary file, past the page cache when wanted and possible. */
    TempFile newFile(boolean past) throws IOException {
        boolean wanted = past && direct;
        TempFile file = new TempFile(temps.next(), directories, wanted);
        if (wanted && !file.direct()) {
            direct = false;
        }
        return file;
    }

    private static int read(FileChannel channel, long position, byte[] into, int offset, int length)
            throws IOException {
        if (position >= channel.size()) {
            return 0;
        }
        int done = 0;
        while (done < length) {
            int step = Math.min(READ_STEP, length - done);
            int count = channel.read(ByteBuffer.wrap(into, offset + done, step), position + done);
            if (count < 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    /** Whether a failure has this simple reason; a directory, for one, can be opened and then not be read. */
    private boolean missing(String name) {
        try {
            return size(name) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A name below another object's is missing, whatever the system calls it. */
    private boolean isBelowObject(String name) {
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            if (Files.isRegularFile(layout.file(name.substring(0, slash)))) {
                return true;
            }
        }
        return false;
    }
}
