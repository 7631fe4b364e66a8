package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.holdfast.api.spi.source.ExtendedAttribute;

/**
 * Extended attributes, of an open descriptor or of a path. An entry that is not open is reached as
 * {@code /proc/self/fd/DIRECTORY/NAME}: its parents are then those of the descriptor, whatever has become of their
 * names, and the kernel has calls relative to a directory only since 6.13.
 */
final class Xattrs {
    /** How the target of a call is given; the numbers are those of the calls relative to the first of their kind. */
    enum By {
        /** A path, its last link followed (what {@code /proc/self/fd/N} of a descriptor is). */
        PATH,
        /** A path, its last link not followed. */
        LINK,
        /** A descriptor. */
        HANDLE
    }

    private static final byte[] PROC = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);

    private Xattrs() {
    }

    /** Puts the path of an entry of an open directory in place. */
    static long pathOf(Scratch scratch, int directory, byte[] name) {
        byte[] digits = Integer.toString(directory).getBytes(StandardCharsets.US_ASCII);
        var path = new byte[PROC.length + digits.length + 1 + name.length];
        System.arraycopy(PROC, 0, path, 0, PROC.length);
        System.arraycopy(digits, 0, path, PROC.length, digits.length);
        path[PROC.length + digits.length] = '/';
        System.arraycopy(name, 0, path, PROC.length + digits.length + 1, name.length);
        return scratch.name(path);
    }

    /** Puts the path of an open descriptor in place. */
    static long pathOf(Scratch scratch, int fd) {
        byte[] digits = Integer.toString(fd).getBytes(StandardCharsets.US_ASCII);
        byte[] path = Arrays.copyOf(PROC, PROC.length + digits.length);
        System.arraycopy(digits, 0, path, PROC.length, digits.length);
        return scratch.name(path);
    }

    /**
     * Names of all attributes, each with its NUL, in {@link Scratch#block}.
     *
     * @return their length in bytes; 0 where the file system has none; or the negated error
     */
    static long list(Scratch scratch, By by, long target) {
        long n = Kernel.call(scratch, Kernel.LISTXATTR + by.ordinal(), target, scratch.block.address(),
                Scratch.BLOCK_BYTES);
        return n == -Errno.EOPNOTSUPP || n == -Errno.ENOSYS ? 0 : n;
    }

    /** The value of one attribute in {@link Scratch#block}; its length or the negated error. */
    static long get(Scratch scratch, By by, long target, byte[] name) {
        return Kernel.call(scratch, Kernel.GETXATTR + by.ordinal(), target, scratch.otherName(name),
                scratch.block.address(), Scratch.BLOCK_BYTES);
    }

    /** Splits a list as {@link #list} left it. */
    static List<byte[]> names(Scratch scratch, int listed) {
        byte[] all = scratch.blockBytes(listed);
        var names = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == 0) {
                if (i > start) {
                    names.add(Arrays.copyOfRange(all, start, i));
                }
                start = i + 1;
            }
        }
        return names;
    }

    /** Every attribute this process may read, sorted by name. */
    static List<ExtendedAttribute> read(Scratch scratch, By by, long target, Handle handle, byte... entry)
            throws IOException {
        long listed = list(scratch, by, target);
        if (listed == 0) {
            return List.of();
        }
        if (listed < 0) {
            throw entry.length == 0 ? handle.error(listed) : handle.error(listed, entry);
        }
        var found = new ArrayList<ExtendedAttribute>();
        for (byte[] name : names(scratch, (int) listed)) {
            long length = get(scratch, by, target, name);
            if (length >= 0) {
                found.add(new ExtendedAttribute(name, scratch.blockBytes((int) length)));
            } else if (length != -Errno.EACCES && length != -Errno.EPERM && length != -Errno.ENODATA
                    && length != -Errno.EOPNOTSUPP) {
                throw entry.length == 0 ? handle.error(length) : handle.error(length, entry);
            }
        }
        found.sort(Comparator.comparing(ExtendedAttribute::name, Arrays::compareUnsigned));
        return List.copyOf(found);
    }
}
