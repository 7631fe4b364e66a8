package org.holdfast.console.client.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files that nobody but this user can read, each in one step. */
public final class PrivateFiles {
    private PrivateFiles() {
    }

    /**
     * Replaces a file; its folder is made when needed.
     *
     * @throws IOException when it cannot be written; the old one is still there then
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path next = Files.createTempFile(parent, file.getFileName().toString(), ".new", attributes());
        try {
            try (SeekableByteChannel out = Files.newByteChannel(next, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** An empty file in the place of the one that is there, for a program to write to. */
    public static void create(Path file) throws IOException {
        write(file, new byte[0]);
    }

    private static FileAttribute<?>[] attributes() {
        // elsewhere the folder of the user's profile is private by its inherited access list
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] { PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
    }
}
