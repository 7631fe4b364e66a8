package org.holdfast.vault.http.internal.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** The node's folder, taken by one process at a time, and the file that tells others that the node can be used. */
final class DataFolder implements AutoCloseable {
    private final FileChannel lockFile;
    private final @Nullable Path readyFile;

    private DataFolder(FileChannel lockFile, @Nullable Path readyFile) {
        this.lockFile = lockFile;
        this.readyFile = readyFile;
    }

    /**
     * Takes a folder, which is made when it is not there.
     *
     * @throws HoldfastException when another process has it
     */
    static DataFolder take(Path folder, @Nullable Path readyFile) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new HoldfastException(Problem.ACCESS_DENIED, "another vault node runs in " + folder,
                    "Stop it first, or name another folder with --data.");
        }
        var taken = new DataFolder(channel, readyFile);
        taken.notReady();
        return taken;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Makes the ready file: one line with the port. It is there with its content or not at all. */
    void ready(int port) throws IOException {
        if (readyFile != null) {
            Path next = readyFile.resolveSibling(readyFile.getFileName() + ".next");
            Files.writeString(next, port + "\n");
            Files.move(next, readyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Takes the ready file away. */
    void notReady() throws IOException {
        if (readyFile != null) {
            Files.deleteIfExists(readyFile);
        }
    }

    /** Gives the folder up. */
    @Override
    public void close() throws IOException {
        notReady();
        lockFile.close();
    }
}
