package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Gives a finished temporary file its name, once: the first of several processes wins. A hard link does that on every
 * file system that has them, network file systems included. Without hard links (FAT) Linux can rename without replacing
 * and Windows does so anyway; elsewhere we look before we rename, which is exact between the threads of one store, and
 * between processes for all names that are made from the object's bytes or from random numbers.
 */
final class Publisher {
    private static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private final Directories directories;
    private final Object renaming = new Object();
    private final boolean atomicRename;
    private volatile boolean links;

    Publisher(Directories directories) {
        this(directories, true, LINUX);
    }

    /**
     * @param links whether to try hard links
     * @param atomicRename whether to try to rename without replacing
     */
    Publisher(Directories directories, boolean links, boolean atomicRename) {
        this.directories = directories;
        this.links = links;
        this.atomicRename = atomicRename;
    }

    /**
     * Makes a file whose bytes are on the disk visible and durable under a name, unless the name is taken. The
     * temporary file may or may not be left.
     */
    boolean publish(Path temp, Path target) throws IOException {
        boolean first;
        try {
            first = name(temp, target);
        } catch (NoSuchFileException e) {
            directories.create(directoryOf(target));
            first = name(temp, target);
        }
        if (!first && Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "other objects have longer names of this beginning");
        }
        // Also when another one was first: what we report as present must still be there after a power cut, and its
        // writer may not have come that far.
        directories.syncUpToRoot(directoryOf(target));
        return first;
    }

    /** Whether the name is taken; makes sure that it stays so. */
    boolean isPublished(Path target) throws IOException {
        if (!Files.isRegularFile(target)) {
            return false;
        }
        directories.syncUpToRoot(directoryOf(target));
        return true;
    }

    /** Makes sure that a deleted file stays deleted. */
    void syncDeletion(Path file) throws IOException {
        directories.sync(directoryOf(file));
    }

    private boolean name(Path temp, Path target) throws IOException {
        if (!links) {
            return rename(temp, target);
        }
        try {
            Files.createLink(target, temp);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return renameInstead(temp, target, e);
        }
    }

    private boolean renameInstead(Path temp, Path target, Exception noLink) throws IOException {
        boolean first;
        try {
            first = rename(temp, target);
        } catch (IOException e) {
            e.addSuppressed(noLink);
            throw e;
        }
        links = false;
        return first;
    }

    private boolean rename(Path temp, Path target) throws IOException {
        if (atomicRename) {
            try {
                int error = Libc.renameNoReplace(temp, target);
                if (error == 0 || error == Libc.EEXIST) {
                    return error == 0;
                }
            } catch (UnsupportedOperationException e) {
                // An old C library, or no leave to call it.
            }
        }
        synchronized (renaming) {
            if (Files.exists(target)) {
                return false;
            }
            try {
                if (WINDOWS) {
                    Files.move(temp, target);
                } else {
                    Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
                }
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        }
    }

    private static Path directoryOf(Path target) {
        Path directory = target.getParent();
        if (directory == null) {
            throw new IllegalArgumentException("No file: " + target);
        }
        return directory;
    }
}
