package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Directories of a store: created for the owner alone, and made durable. A file survives a power cut only when the
 * entry in its directory does, and that directory's in its parent.
 */
final class Directories {
    private final Path root;
    private final boolean posix;
    // Whose entry in the parent we saw reach the disk. One that another process made may not have got there yet.
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();
    private volatile boolean syncable;

    Directories(Path root) {
        this.root = root;
        posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        // Windows opens no directories and needs no help: NTFS journals its entries.
        syncable = posix;
    }

    /** Attributes of a new file: for the owner only. */
    FileAttribute<?>[] fileAttributes() {
        return attributes(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    /** Makes the root and the directories above it as far as they are missing. */
    void createRoot() throws IOException {
        @Nullable Path existing = root;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        Files.createDirectories(root, directoryAttributes());
        for (Path at = root; at != null && !at.equals(existing); at = at.getParent()) {
            sync(at);
        }
        if (existing != null) {
            sync(existing);
        }
    }

    /** Makes a directory below the root, with the ones above it, as far as they are missing. */
    void create(Path directory) throws IOException {
        if (directory.equals(root) || Files.isDirectory(directory)) {
            return;
        }
        Path parent = parent(directory);
        create(parent);
        try {
            Files.createDirectory(directory, directoryAttributes());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Makes what was entered into a directory durable, and the directory itself up to the root. */
    void syncUpToRoot(Path directory) throws IOException {
        sync(directory);
        for (Path at = directory; !at.equals(root) && !durable.contains(at); at = parent(at)) {
            sync(parent(at));
            durable.add(at);
        }
    }

    /** Makes what was entered into or removed from a directory durable. */
    void sync(Path directory) throws IOException {
        if (!syncable) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some network file systems cannot; every other failure means that the entry may be lost.
            if (!Errors.isInvalid(e)) {
                throw e;
            }
            syncable = false;
        }
    }

    private FileAttribute<?>[] directoryAttributes() {
        return attributes(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE));
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
                : new FileAttribute<?>[0];
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("Above the root: " + path);
        }
        return parent;
    }
}
