package org.holdfast.agent.internal.home;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/**
 * Small files for their owner alone that are there whole, old or new, after a crash: written to a temporary file beside
 * them, forced to the disk, renamed, and the directory forced as well.
 */
public final class SafeFile {
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final String TEMPORARY = ".new-";

    private SafeFile() {
    }

    /** Creates a directory with its parents; the innermost is for its owner alone. */
    public static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectories(directory, only("rwx------"));
    }

    /** Writes a file, replacing what is there. */
    public static void write(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = directory.resolve(TEMPORARY + file.getFileName() + "-" + UUID.randomUUID());
        try {
            create(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(directory);
    }

    /**
     * Creates a file that must not exist, for its owner alone from its first moment on.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it does
     */
    public static void create(Path file, byte[] content) throws IOException {
        Files.createFile(file, only("rw-------"));
        // A stream, because an interrupt would close a channel in the middle of the file.
        try (var out = new FileOutputStream(file.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
    }

    /** Reads a file, if it is there. */
    public static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes a file for good; false when there was none. */
    public static boolean delete(Path file) throws IOException {
        boolean was = Files.deleteIfExists(file);
        if (was) {
            force(file.toAbsolutePath().getParent());
        }
        return was;
    }

    /** Removes what a crash left of files that were being written in a directory. */
    public static void sweep(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var left = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes the names in a directory durable. */
    public static void force(Path directory) throws IOException {
        if (!POSIX) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }
}
