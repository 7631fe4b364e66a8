package org.holdfast.cli.internal.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;

/**
 * Converts between what a person types, paths of the JDK and paths as bytes. A path's URI carries its exact bytes,
 * whatever the locale, which {@link Path#toString()} does not; on Windows it has the form {@code /C:/dir}, which is
 * also how such a path is written in a recovery point.
 */
public final class NativePaths {
    private static final boolean WINDOWS = java.io.File.separatorChar == '\\';
    private static final String HEX = "0123456789ABCDEF";

    private NativePaths() {
    }

    /** The current directory, its bytes as the system knows them. */
    public static RawPath currentDirectory() {
        try {
            return raw(Files.readSymbolicLink(Path.of("/proc/self/cwd")));
        } catch (IOException | UnsupportedOperationException e) {
            return raw(Path.of(""));
        }
    }

    /** The exact bytes of a path, made absolute. */
    public static RawPath raw(Path path) {
        var encoded = path.toUri().getRawPath();
        var out = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                out.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else if (c < 0x80) {
                out.write(c);
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return RawPath.of(out.toByteArray());
    }

    /** The path of the JDK for an absolute path as bytes. */
    public static Path path(RawPath raw) {
        var encoded = new StringBuilder("file://");
        for (byte b : raw.bytes()) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '/' || b == '.'
                    || b == '-' || b == '_' || b == ':';
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return Path.of(URI.create(encoded.toString()));
    }

    /**
     * What a person typed, as an absolute path without "." and "..".
     *
     * @param directory what a relative path is below
     * @throws HoldfastException with {@link Problem#PATH_NOT_FOUND} when a directory before ".." does not exist
     */
    public static RawPath typed(String text, RawPath directory) {
        if (WINDOWS) {
            return raw(Path.of(text).toAbsolutePath().normalize());
        }
        byte[] given = ArgumentText.bytes(text);
        int end = afterLastParent(given);
        var rest = RawPath.of(java.util.Arrays.copyOfRange(given, end, given.length));
        if (end == 0) {
            return rest.isAbsolute() ? rest : directory.resolve(rest);
        }
        // "a/.." is not "." when a is a symbolic link: let the system resolve that part.
        var base = end > 0 && given[0] == '/' ? Path.of("/") : path(directory);
        var parents = new String(given, 0, end, StandardCharsets.UTF_8);
        try {
            return raw(base.resolve(parents).toRealPath()).resolve(rest);
        } catch (IOException e) {
            throw new HoldfastException(Problem.PATH_NOT_FOUND, "There is no '" + parents + "'.",
                    "Check the path.", e);
        }
    }

    /** Position after the last ".." segment and its slashes, 0 when there is none. */
    private static int afterLastParent(byte[] given) {
        int end = 0;
        int start = 0;
        for (int i = 0; i <= given.length; i++) {
            if (i == given.length || given[i] == '/') {
                if (i - start == 2 && given[start] == '.' && given[start + 1] == '.') {
                    end = i;
                }
                start = i + 1;
            }
        }
        while (end > 0 && end < given.length && given[end] == '/') {
            end++;
        }
        return end;
    }
}
