package org.holdfast.agent.install.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Says that a file is in use: two runs would take each other's passphrases out of it. */
public final class FileUse implements AutoCloseable {
    private final Path place;
    private final FileChannel channel;

    private FileUse(Path place, FileChannel channel) {
        this.place = place;
        this.channel = channel;
    }

    /**
     * Takes a file for this run alone.
     *
     * @throws IOException when another one has it, or its folder cannot be written
     */
    public static FileUse begin(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path place = folder.resolve("." + file.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new IOException("another run is using it", e);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new IOException("another run is using it");
        }
        return new FileUse(place, channel);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(place);
            channel.close();
        } catch (IOException e) {
            // The lock ends with this process.
        }
    }
}
