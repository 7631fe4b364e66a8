package org.holdfast.store.directory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.regex.Pattern;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.store.directory.internal.BufferPool;
import org.holdfast.store.directory.internal.DirectoryStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Stores in a directory. A location is a path ({@code /srv/vault}, {@code vault}, {@code D:\vault}) or a URI
 * ({@code file:///srv/vault}); a relative path is taken from the current directory at the time of the call, and one
 * with a colon in its first part needs a {@code ./} in front.
 */
@Component(service = StoreProvider.class)
public final class DirectoryStoreProvider implements StoreProvider {
    /** What {@link #scheme()} says. */
    public static final String SCHEME = "directory";

    // One letter and a colon is a drive, not a scheme.
    private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private final Clock clock;
    private final BufferPool buffers = new BufferPool();

    /** A provider on the clock of this computer. */
    @Activate
    public DirectoryStoreProvider() {
        this(Clock.systemUTC());
    }

    /** @param clock decides how old the temporary files of dead processes are */
    public DirectoryStoreProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean accepts(String location) {
        return !location.isBlank() && (isFileUri(location) || !OTHER_SCHEME.matcher(location).matches());
    }

    @Override
    public BlobStore open(String location) throws IOException {
        Path directory = path(location);
        if (!Files.isDirectory(directory)) {
            if (Files.exists(directory)) {
                throw new NotDirectoryException(directory.toString());
            }
            throw new NoSuchFileException(directory.toString());
        }
        return new DirectoryStore(location, directory, clock, buffers);
    }

    @Override
    public BlobStore create(String location) throws IOException {
        Path directory = path(location);
        if (Files.exists(directory) && !isEmptyDirectory(directory)) {
            throw new FileAlreadyExistsException(directory.toString());
        }
        return DirectoryStore.create(location, directory, clock, buffers);
    }

    private static boolean isEmptyDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                // A freshly formatted disk of its own for the vault is an empty place all the same.
                if (!"lost+found".equals(String.valueOf(entry.getFileName()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isFileUri(String location) {
        return location.toLowerCase(Locale.ROOT).startsWith("file:");
    }

    private static Path path(String location) throws IOException {
        try {
            Path path = isFileUri(location) ? Path.of(URI.create(location)) : Path.of(location);
            return path.toAbsolutePath();
        } catch (IllegalArgumentException e) {
            FileSystemException bad = new FileSystemException(location, null, "not the location of a directory");
            bad.initCause(e);
            throw bad;
        }
    }
}
