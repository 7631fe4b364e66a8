package org.holdfast.agent.internal.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.keys.KeyHolder;
import org.osgi.service.component.annotations.Component;

/**
 * Passphrases in files, {@code file:/absolute/path}: one line of UTF-8 that only its owner may read, not on a path that
 * is backed up. The directory must be there, so that a mount point that is empty today is not taken for the safe place.
 */
@Component(service = KeyHolder.class)
public final class FileKeyHolder implements KeyHolder {
    /** What {@link #scheme()} says. */
    public static final String SCHEME = "file";
    private static final int MAX_BYTES = 4096;
    private static final EnumSet<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    @Override
    public String scheme() {
        return SCHEME;
    }

    /** The location of a file. */
    public static String location(Path file) {
        return file.toAbsolutePath().normalize().toUri().toString().replaceFirst("^file:///", "file:/");
    }

    /** The file of a location. */
    public static Path path(String location) {
        try {
            URI uri = new URI(location);
            if (SCHEME.equals(uri.getScheme()) && uri.getPath() != null) {
                return Path.of(uri).normalize();
            }
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            // Told below, like any other location.
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, "'" + location + "' is not the location of a file.",
                "Give an absolute path, for example file:/etc/holdfast/passphrase.");
    }

    @Override
    public void check(String location, List<RawPath> protectedPaths) {
        Path file = path(location);
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is no directory '" + directory + "'.",
                    "Create it, or mount what should be there; it must last longer than this server's disks.");
        }
        RawPath real = RawPath.of(realPath(directory).resolve(file.getFileName()).toString());
        for (RawPath item : protectedPaths) {
            if (real.startsWith(item)) {
                throw new HoldfastException(Problem.INVALID_REQUEST,
                        "The passphrase would lie on the protected path '" + item + "' and be lost with it.",
                        "Choose a place that is not backed up: another file system, a network share, a key vault.");
            }
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(directory)) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Nothing can be created in '" + directory + "'.",
                    "Check its permissions, and run this with the right to write there.");
        }
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Cannot look into '" + directory + "'.",
                    "Check its permissions.", e);
        }
    }

    @Override
    public void store(String location, String label, char[] passphrase) throws IOException {
        Path file = path(location);
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] line = Arrays.copyOf(encoded.array(), encoded.limit() + 1);
        line[line.length - 1] = '\n';
        boolean done = false;
        boolean mine = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try {
            SafeFile.create(file, line);
            SafeFile.force(file.getParent());
            done = true;
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(line, (byte) 0);
            if (!done && mine) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public char[] read(String location) throws IOException {
        Path file = path(location);
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
            throw new IOException("others may read '" + file + "'; allow it to its owner alone (chmod 600)");
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        try {
            if (bytes.length > MAX_BYTES) {
                throw new IOException("'" + file + "' holds more than a passphrase");
            }
            return decode(file, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static char[] decode(Path file, byte[] bytes) throws IOException {
        int n = bytes.length;
        if (n > 0 && bytes[n - 1] == '\n') {
            n--;
        }
        if (n > 0 && bytes[n - 1] == '\r') {
            n--;
        }
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, n));
            char[] out = Arrays.copyOf(chars.array(), chars.limit());
            Arrays.fill(chars.array(), '\0');
            for (char c : out) {
                if (c == '\n') {
                    Arrays.fill(out, '\0');
                    throw new IOException("'" + file + "' has more than one line");
                }
            }
            if (out.length == 0) {
                throw new IOException("'" + file + "' is empty");
            }
            return out;
        } catch (CharacterCodingException e) {
            throw new IOException("'" + file + "' is not UTF-8 text", e);
        }
    }

    @Override
    public boolean remove(String location) throws IOException {
        return SafeFile.delete(path(location));
    }
}
