package org.holdfast.source.files.internal.nio;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/**
 * Names as bytes on one side and as paths of the Java library on the other. Text is UTF-8, and lone surrogates (Windows
 * allows them) are written like other characters of their size. Where names are bytes but no text, the library
 * shows them only in the escapes of a URI.
 */
final class NioNames {
    private static final boolean UNIX = File.separatorChar == '/';
    private static final char UNKNOWN = '\ufffd';

    private NioNames() {
    }

    /** The last segment of a path as bytes. */
    static byte[] bytes(Path path) {
        return encode(path.getFileName(), path);
    }

    /** The target of a link as bytes, with slashes. */
    static byte[] readLink(Path link) throws IOException {
        try {
            Path target = Files.readSymbolicLink(link);
            return encode(target, target.toAbsolutePath());
        } catch (NotLinkException e) {
            throw new FileSystemException(link.toString(), null, "not a symbolic link");
        }
    }

    private static byte[] encode(Path shown, Path whole) {
        String text = UNIX ? shown.toString() : shown.toString().replace('\\', '/');
        if (UNIX && text.indexOf(UNKNOWN) >= 0) {
            byte[] all = unescape(whole.toUri().getRawPath());
            int end = all.length > 1 && all[all.length - 1] == '/' ? all.length - 1 : all.length;
            int start = shown.isAbsolute() ? 0 : end;
            for (int left = shown.getNameCount(); left > 0 && start > 0; start--) {
                if (all[start - 1] == '/' && --left == 0) {
                    break;
                }
            }
            return Arrays.copyOfRange(all, start, end);
        }
        return encode(text);
    }

    private static byte[] encode(String text) {
        var out = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.write(0xe0 | c >> 12);
                out.write(0x80 | c >> 6 & 0x3f);
                out.write(0x80 | c & 0x3f);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** The entry of a directory with a name. */
    static Path child(Path directory, byte[] name) throws FileSystemException {
        if (!RawPath.isSegment(name)) {
            throw refused(directory, name);
        }
        Path child = path(directory, name);
        boolean stream = !UNIX && child.toString().indexOf(':', directory.toString().length()) >= 0;
        if (stream || child.getNameCount() != directory.getNameCount() + 1 || !child.startsWith(directory)) {
            throw refused(directory, name);
        }
        return child;
    }

    /** An absolute path; on Windows it starts with a drive, as in {@code /C:/Users}. */
    static Path absolute(RawPath path) throws FileSystemException {
        byte[] bytes = path.bytes();
        if (!path.isAbsolute()) {
            throw new FileSystemException(path.toString(), null, "not an absolute path");
        }
        if (UNIX) {
            return path(Path.of("/"), bytes);
        }
        String text = decode(bytes);
        if (text == null || !text.matches("/[A-Za-z]:(/.*)?")) {
            throw new FileSystemException(path.toString(), null, "not a path that starts with a drive");
        }
        return Path.of(text.length() == 3 ? text.substring(1) + "/" : text.substring(1));
    }

    /** A link's target. */
    static Path target(byte[] target) throws FileSystemException {
        String text = decode(target);
        if (UNIX && (text == null || !isKept(text))) {
            Path absolute = Path.of(URI.create("file:///" + escape(target)));
            return target.length > 0 && target[0] == '/' ? absolute : Path.of("/").relativize(absolute);
        }
        return path(Path.of(""), target);
    }

    private static Path path(Path base, byte[] bytes) throws FileSystemException {
        String text = decode(bytes);
        try {
            if (UNIX && (text == null || !isKept(text))) {
                String parent = base.toUri().toString();
                return Path.of(URI.create((parent.endsWith("/") ? parent : parent + "/") + escape(bytes)));
            }
            if (text != null) {
                return base.resolve(text);
            }
        } catch (InvalidPathException e) {
            // The same as a name that is no text.
        }
        throw refused(base, bytes);
    }

    /** Whether the encoding of this process keeps a text as it is. */
    private static boolean isKept(String text) {
        try {
            return Path.of(text).toString().indexOf(UNKNOWN) < 0 && text.indexOf(UNKNOWN) < 0;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static FileSystemException refused(Path directory, byte[] name) {
        return new FileSystemException(directory + File.separator + RawPath.displayOf(name), null,
                "not a name this system can have");
    }

    private static @Nullable String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return UNIX ? null : decodeSurrogates(bytes);
        }
    }

    private static @Nullable String decodeSurrogates(byte[] bytes) {
        var text = new StringBuilder();
        int start = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xed && (bytes[i + 1] & 0xe0) == 0xa0 && (bytes[i + 2] & 0xc0) == 0x80) {
                text.append(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                text.append((char) (0xd000 | (bytes[i + 1] & 0x3f) << 6 | bytes[i + 2] & 0x3f));
                i += 2;
                start = i + 1;
            }
        }
        text.append(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
        return text.indexOf(String.valueOf(UNKNOWN)) >= 0 ? null : text.toString();
    }

    private static String escape(byte[] bytes) {
        var out = new StringBuilder(bytes.length * 3);
        for (int i = bytes.length > 0 && bytes[0] == '/' ? 1 : 0; i < bytes.length; i++) {
            out.append(bytes[i] == '/' ? "/" : String.format("%%%02x", bytes[i] & 0xff));
        }
        return out.toString();
    }

    private static byte[] unescape(String escaped) {
        var out = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                out.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.write(escaped.charAt(i));
            }
        }
        return out.toByteArray();
    }
}
