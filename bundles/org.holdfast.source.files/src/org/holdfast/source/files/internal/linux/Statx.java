package org.holdfast.source.files.internal.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import org.holdfast.api.spi.source.StatTable;

/** Reads metadata with statx(2), whose structure is the same on every architecture. */
final class Statx {
    static final int S_IFMT = 0170000;
    static final int S_IFSOCK = 0140000;
    static final int S_IFLNK = 0120000;
    static final int S_IFREG = 0100000;
    static final int S_IFBLK = 0060000;
    static final int S_IFDIR = 0040000;
    static final int S_IFCHR = 0020000;
    static final int S_IFIFO = 0010000;

    private static final int BASIC_STATS = 0x7ff;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private Statx() {
    }

    /** Metadata of an entry whose name is in place at {@code name}; result 0 or the negated error. */
    static long of(Scratch scratch, int directory, long name, StatTable into, int row) {
        long result = Kernel.call(scratch, Kernel.STATX, directory, name,
                Kernel.AT_SYMLINK_NOFOLLOW | Kernel.AT_NO_AUTOMOUNT, BASIC_STATS, scratch.struct.address());
        if (result == 0) {
            decode(scratch.struct, into, row);
        }
        return result;
    }

    /** Whether there is an entry whose name is in place at {@code name}. */
    static boolean exists(Scratch scratch, int directory, long name) {
        return Kernel.call(scratch, Kernel.STATX, directory, name,
                Kernel.AT_SYMLINK_NOFOLLOW | Kernel.AT_NO_AUTOMOUNT, 0, scratch.struct.address()) == 0;
    }

    /** Metadata of an open descriptor. */
    static long ofHandle(Scratch scratch, int fd, StatTable into, int row) {
        long result = ofHandle(scratch, fd);
        if (result == 0) {
            decode(scratch.struct, into, row);
        }
        return result;
    }

    /** Metadata of an open descriptor, left in {@link Scratch#struct}. */
    static long ofHandle(Scratch scratch, int fd) {
        return Kernel.call(scratch, Kernel.STATX, fd, scratch.emptyPath, Kernel.AT_EMPTY_PATH, BASIC_STATS,
                scratch.struct.address());
    }

    /** Type and permissions that the last call found. */
    static int mode(Scratch scratch) {
        return scratch.struct.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
    }

    /** Size that the last call found. */
    static long size(Scratch scratch) {
        return scratch.struct.get(LONG, 40);
    }

    /** Modification time that the last call found. */
    static long mtimeSeconds(Scratch scratch) {
        return scratch.struct.get(LONG, 112);
    }

    private static void decode(MemorySegment s, StatTable into, int row) {
        into.links[row] = s.get(INT, 16);
        into.uid[row] = s.get(INT, 20);
        into.gid[row] = s.get(INT, 24);
        into.mode[row] = s.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
        into.inode[row] = s.get(LONG, 32);
        into.size[row] = s.get(LONG, 40);
        into.blocks[row] = s.get(LONG, 48);
        into.ctimeSeconds[row] = s.get(LONG, 96);
        into.ctimeNanos[row] = s.get(INT, 104);
        into.mtimeSeconds[row] = s.get(LONG, 112);
        into.mtimeNanos[row] = s.get(INT, 120);
        into.specialDevice[row] = pair(s.get(INT, 128), s.get(INT, 132));
        into.device[row] = pair(s.get(INT, 136), s.get(INT, 140));
    }

    private static long pair(int major, int minor) {
        return (long) major << 32 | minor & 0xffffffffL;
    }
}
