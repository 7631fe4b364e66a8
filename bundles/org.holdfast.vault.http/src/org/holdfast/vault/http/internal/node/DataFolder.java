package org.holdfast.vault.http.internal.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** The node's folder, taken by one process at a time, and the file that tells others that the node can be used. */
final class DataFolder implements AutoCloseable {
    private static final String MARK = "holdfast-vault";
    private static final String VERSION = "1";
    /** What may be there before the first start has left its mark: what the start script makes, and a broken start. */
    private static final Set<String> OURS = Set.of("cache", "catalog", "lock", "logback.xml", "logs", "pki", "ready",
            "runtime", "store");

    private final Path folder;
    private final FileChannel lockFile;
    private final @Nullable Path readyFile;

    private DataFolder(Path folder, FileChannel lockFile, @Nullable Path readyFile) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.readyFile = readyFile;
    }

    /**
     * Takes a folder, which is made when it is not there.
     *
     * @throws HoldfastException when another process has it, or something else is in it
     */
    static DataFolder take(Path folder, @Nullable Path readyFile) throws IOException {
        Files.createDirectories(folder);
        requireOurs(folder, readyFile);
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new HoldfastException(Problem.ACCESS_DENIED, "another vault node runs in " + folder,
                    "Stop it first, or name another folder with --data.");
        }
        var taken = new DataFolder(folder, channel, readyFile);
        taken.notReady();
        Files.writeString(folder.resolve(MARK), VERSION + "\n");
        return taken;
    }

    /**
     * Looks whether a folder is one of a node, or empty; changes nothing.
     *
     * @throws HoldfastException when it was written by something else, or by a newer version
     */
    static void requireOurs(Path folder, @Nullable Path readyFile) throws IOException {
        Path mark = folder.resolve(MARK);
        if (Files.exists(mark)) {
            if (!Files.readString(mark).strip().equals(VERSION)) {
                throw new HoldfastException(Problem.VAULT_UNSUPPORTED, folder + " belongs to a newer version",
                        "Start it with the version that has written it, or a later one.");
            }
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> foreign = files.filter(file -> !OURS.contains(file.getFileName().toString()))
                    .filter(file -> readyFile == null || !file.equals(readyFile)).findFirst();
            if (foreign.isPresent()) {
                throw new HoldfastException(Problem.VAULT_EXISTS,
                        folder + " holds something else, for example " + foreign.get().getFileName(),
                        "Name an empty folder, or one of a vault node, with --data.");
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Makes the ready files: the one that was asked for has one line with the port, the one in the folder has the
     * address and the process. They are there with their content or not at all.
     */
    void ready(int port, String address) throws IOException {
        write(folder.resolve("node"), "https://" + address + "\n" + ProcessHandle.current().pid() + "\n");
        if (readyFile != null) {
            write(readyFile, port + "\n");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the ready files away. */
    void notReady() throws IOException {
        Files.deleteIfExists(folder.resolve("node"));
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
