package org.holdfast.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A path as the bytes the protected server knows it by: segments separated by '/', no assumption about an encoding.
 * Absolute paths start with '/'. The empty path stands for "here". Never holds empty, "." or ".." segments, a NUL or
 * a trailing slash, so it can be joined to a directory without escaping from it.
 */
public final class RawPath implements Comparable<RawPath> {
    /** The root directory. */
    public static final RawPath ROOT = new RawPath(new byte[] { '/' });
    /** The empty relative path. */
    public static final RawPath EMPTY = new RawPath(new byte[0]);

    private final byte[] bytes;

    private RawPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Parses text as UTF-8. Repeated and trailing slashes and "." segments are dropped; {@code \xHH} is not an escape.
     *
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when it holds ".." or NUL
     */
    public static RawPath of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Normalises raw bytes like {@link #of(String)}.
     *
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when it holds ".." or NUL
     */
    public static RawPath of(byte[] raw) {
        var out = new byte[raw.length];
        int n = 0;
        if (raw.length > 0 && raw[0] == '/') {
            out[n++] = '/';
        }
        int start = 0;
        for (int i = 0; i <= raw.length; i++) {
            if (i < raw.length && raw[i] == 0) {
                throw invalid("A path cannot contain a NUL byte.");
            }
            if (i == raw.length || raw[i] == '/') {
                int len = i - start;
                boolean dot = len == 1 && raw[start] == '.';
                if (len == 2 && raw[start] == '.' && raw[start + 1] == '.') {
                    throw invalid("A path cannot contain '..'.");
                }
                if (len > 0 && !dot) {
                    if (n > 0 && out[n - 1] != '/') {
                        out[n++] = '/';
                    }
                    System.arraycopy(raw, start, out, n, len);
                    n += len;
                }
                start = i + 1;
            }
        }
        return n == 0 ? EMPTY : new RawPath(n == out.length ? out : Arrays.copyOf(out, n));
    }

    private static HoldfastException invalid(String message) {
        return new HoldfastException(Problem.INVALID_REQUEST, message, "Give the path without it.");
    }

    /** Whether the path starts at the root. */
    public boolean isAbsolute() {
        return bytes.length > 0 && bytes[0] == '/';
    }

    /** Whether this is {@link #EMPTY}. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The path one level down.
     *
     * @param name one segment: not empty, no '/', no NUL, neither "." nor ".."
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} for anything else
     */
    public RawPath child(byte[] name) {
        if (!isSegment(name)) {
            throw invalid("'" + displayOf(name) + "' cannot be the name of a file.");
        }
        boolean slash = bytes.length > 0 && bytes[bytes.length - 1] != '/';
        var out = Arrays.copyOf(bytes, bytes.length + (slash ? 1 : 0) + name.length);
        if (slash) {
            out[bytes.length] = '/';
        }
        System.arraycopy(name, 0, out, out.length - name.length, name.length);
        return new RawPath(out);
    }

    /** {@link #child(byte[])} with text as UTF-8. */
    public RawPath child(String name) {
        return child(name.getBytes(StandardCharsets.UTF_8));
    }

    /** This path followed by all segments of a relative one. */
    public RawPath resolve(RawPath relative) {
        RawPath result = this;
        for (byte[] segment : relative.segments()) {
            result = result.child(segment);
        }
        return result;
    }

    /** Whether the bytes can be the name of a directory entry. */
    public static boolean isSegment(byte[] name) {
        if (name.length == 0 || name.length == 1 && name[0] == '.'
                || name.length == 2 && name[0] == '.' && name[1] == '.') {
            return false;
        }
        for (byte b : name) {
            if (b == '/' || b == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The path without its last segment; the root and a single relative segment give {@link #ROOT} or {@link #EMPTY}.
     */
    public RawPath parent() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '/') {
                return i == 0 ? ROOT : new RawPath(Arrays.copyOf(bytes, i));
            }
        }
        return EMPTY;
    }

    /** The last segment; empty for the root and the empty path. */
    public byte[] name() {
        int i = bytes.length;
        while (i > 0 && bytes[i - 1] != '/') {
            i--;
        }
        return Arrays.copyOfRange(bytes, i, bytes.length);
    }

    /** The segments from the top down. */
    public List<byte[]> segments() {
        var list = new ArrayList<byte[]>();
        int start = isAbsolute() ? 1 : 0;
        for (int i = start; i <= bytes.length; i++) {
            if ((i == bytes.length || bytes[i] == '/') && i > start) {
                list.add(Arrays.copyOfRange(bytes, start, i));
            }
            if (i < bytes.length && bytes[i] == '/') {
                start = i + 1;
            }
        }
        return list;
    }

    /** Whether this is {@code other} or below it. */
    public boolean startsWith(RawPath other) {
        if (isAbsolute() != other.isAbsolute()) {
            return false;
        }
        int n = other.bytes.length;
        if (n == 0 || other.equals(ROOT)) {
            return true;
        }
        return bytes.length >= n && Arrays.equals(bytes, 0, n, other.bytes, 0, n)
                && (bytes.length == n || bytes[n] == '/');
    }

    /** The rest of this path below {@code ancestor}. */
    public RawPath relativeTo(RawPath ancestor) {
        if (!startsWith(ancestor)) {
            throw invalid("'" + this + "' is not below '" + ancestor + "'.");
        }
        var mine = segments();
        RawPath result = EMPTY;
        for (byte[] segment : mine.subList(ancestor.segments().size(), mine.size())) {
            result = result.child(segment);
        }
        return result;
    }

    /** Whether the bytes are valid UTF-8, so that {@link #toString()} loses nothing. */
    public boolean isText() {
        return decode(bytes) != null;
    }

    /** For people: UTF-8 where it is valid, {@code \xHH} for control characters and for bytes that are not. */
    @Override
    public String toString() {
        return displayOf(bytes);
    }

    /** {@link #toString()} for a bare name. */
    public static String displayOf(byte[] raw) {
        String text = decode(raw);
        var out = new StringBuilder(raw.length + 8);
        if (text != null) {
            text.codePoints().forEach(c -> {
                if (Character.isISOControl(c)) {
                    out.append(String.format("\\x%02x", c));
                } else {
                    out.appendCodePoint(c);
                }
            });
            return out.toString();
        }
        int i = 0;
        while (i < raw.length) {
            int n = Math.min(4, raw.length - i);
            String one = null;
            for (int len = 1; len <= n && one == null; len++) {
                one = decode(Arrays.copyOfRange(raw, i, i + len));
                if (one != null && !Character.isISOControl(one.codePointAt(0))) {
                    out.append(one);
                    i += len;
                } else if (one != null) {
                    one = null;
                    break;
                }
            }
            if (one == null) {
                out.append(String.format("\\x%02x", raw[i++] & 0xff));
            }
        }
        return out.toString();
    }

    private static @org.eclipse.jdt.annotation.Nullable String decode(byte[] raw) {
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public int compareTo(RawPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@org.eclipse.jdt.annotation.Nullable Object o) {
        return o instanceof RawPath p && Arrays.equals(bytes, p.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
