package org.holdfast.cli.internal.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories only their owner may read. */
public final class PrivateFile {
    private PrivateFile() {
    }

    /** Creates a file that must not exist, for its owner alone from its first moment on. */
    public static void create(Path file, byte[] content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = FileChannel.open(file, options, only("rw-------"))) {
            write(out, content);
        }
    }

    /** Creates a directory that must not exist, for its owner alone. */
    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, only("rwx------"));
    }

    private static FileAttribute<?>[] only(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    /** Writes the content of a file {@link #create} made. */
    public static void replace(Path file, byte[] content) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(out, content);
        }
    }

    /** Removes a file {@link #create} made, as far as that is possible. */
    public static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // An empty file that stays is told by nothing else going wrong with it.
        }
    }

    private static void write(FileChannel out, byte[] content) throws IOException {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        out.force(true);
    }
}
