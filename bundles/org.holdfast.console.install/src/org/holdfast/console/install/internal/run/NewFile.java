package org.holdfast.console.install.internal.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** Writes a secret into a file of its own that only this user can read. */
public final class NewFile {
    private NewFile() {
    }

    /**
     * Writes a file under a name that is not taken. The place is taken before the secret is asked for: one that could
     * not be stored would be lost and still count.
     *
     * @param content asked for when the place is there; when it fails, the place is given back
     * @throws HoldfastException when there is such a file, or it cannot be written
     */
    public static void write(Path file, Supplier<byte[]> content) {
        boolean done = false;
        try (SeekableByteChannel out = Files.newByteChannel(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyMe())) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(content.get());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                done = true;
            } finally {
                if (!done) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is a file '" + file + "' already.",
                    "Choose another name.", e);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The file '" + file + "' cannot be written: "
                    + e.getMessage() + ".", "Check the folder, its permissions and its room.", e);
        }
    }

    private static FileAttribute<?>[] onlyMe() {
        // elsewhere the folders of a user are private by the access list they inherit
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] { PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
    }
}
