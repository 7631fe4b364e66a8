package org.holdfast.agent.internal.drill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

import org.holdfast.agent.internal.home.SafeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a drill restores into, for the agent alone and gone afterwards. What a crash left is removed at the
 * agent's next start.
 */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    /** This much of the disk stays free at least: a twentieth of it, within these bounds. */
    private static final long LEAST_FREE = 1L << 30;
    private static final long MOST_FREE = 20L << 30;
    private static final int SHARE = 20;

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder of a job below a common one. */
    static Scratch make(Path root, String job) throws IOException {
        SafeFile.createDirectory(root);
        Path folder = root.resolve(job);
        delete(folder);
        SafeFile.createDirectory(folder);
        return new Scratch(folder);
    }

    /** Removes what earlier starts left. */
    static void sweep(Path root) {
        try {
            delete(root);
        } catch (IOException e) {
            LOG.warn("What an interrupted restore drill left in '{}' cannot be removed: {}", root, e.getMessage());
        }
    }

    /** The folder. */
    Path folder() {
        return folder;
    }

    /** Bytes that a drill may write there without making the disk scarce; 0 or less for none. */
    static long room(Path where) throws IOException {
        FileStore store = Files.getFileStore(where);
        return store.getUsableSpace() - Math.clamp(store.getTotalSpace() / SHARE, LEAST_FREE, MOST_FREE);
    }

    /** Lets this process read everything below, whatever permissions were restored. */
    void loosen() throws IOException {
        loosen(folder);
    }

    private static void loosen(Path place) throws IOException {
        if (Files.isSymbolicLink(place)) {
            return;
        }
        permit(place);
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> below = Files.newDirectoryStream(place)) {
                for (Path one : below) {
                    loosen(one);
                }
            }
        }
    }

    private static void permit(Path place) throws IOException {
        var view = Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> now = EnumSet.noneOf(PosixFilePermission.class);
        now.addAll(view.readAttributes().permissions());
        boolean more = now.add(PosixFilePermission.OWNER_READ);
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            more |= now.add(PosixFilePermission.OWNER_WRITE);
            more |= now.add(PosixFilePermission.OWNER_EXECUTE);
        }
        if (more) {
            view.setPermissions(now);
        }
    }

    private static void delete(Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            permit(place);
            try (DirectoryStream<Path> below = Files.newDirectoryStream(place)) {
                for (Path one : below) {
                    delete(one);
                }
            }
        }
        Files.deleteIfExists(place);
    }

    @Override
    public void close() {
        sweep(folder);
    }
}
