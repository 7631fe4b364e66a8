package org.holdfast.api.spi.source;

import java.util.Arrays;

/**
 * Metadata of many directory entries in columns, reused from directory to directory so that scanning allocates
 * nothing per entry. Row i belongs to the i-th name the table was filled for. Not thread-safe.
 */
public final class StatTable {
    /** Row could not be filled: the entry vanished. */
    public static final int VANISHED = -1;
    /** Row could not be filled: another error. */
    public static final int FAILED = -2;

    /** Number of valid rows. */
    public int count;
    /** File type and permission bits as in POSIX {@code st_mode}; or {@link #VANISHED}, {@link #FAILED}. */
    public int[] mode = new int[0];
    /** Owner. */
    public int[] uid = new int[0];
    /** Group. */
    public int[] gid = new int[0];
    /** Number of hard links. */
    public int[] links = new int[0];
    /** Size in bytes. */
    public long[] size = new long[0];
    /** Modification time, seconds since 1970, negative before. */
    public long[] mtimeSeconds = new long[0];
    /** Modification time, 0 to 999 999 999. */
    public int[] mtimeNanos = new int[0];
    /** Status change time, seconds. */
    public long[] ctimeSeconds = new long[0];
    /** Status change time, nanoseconds. */
    public int[] ctimeNanos = new int[0];
    /** Inode number. */
    public long[] inode = new long[0];
    /** Device the entry is on: major in the upper, minor in the lower 32 bits. */
    public long[] device = new long[0];
    /** For device nodes: major in the upper, minor in the lower 32 bits. */
    public long[] specialDevice = new long[0];
    /** Allocated size in units of 512 bytes. */
    public long[] blocks = new long[0];

    /** Makes room for rows; keeps the arrays when they are large enough, never their content. */
    public void reset(int rows) {
        count = rows;
        if (mode.length < rows) {
            int n = Math.max(rows, Math.min(2 * mode.length, 1 << 20));
            mode = new int[n];
            uid = new int[n];
            gid = new int[n];
            links = new int[n];
            size = new long[n];
            mtimeSeconds = new long[n];
            mtimeNanos = new int[n];
            ctimeSeconds = new long[n];
            ctimeNanos = new int[n];
            inode = new long[n];
            device = new long[n];
            specialDevice = new long[n];
            blocks = new long[n];
        }
        Arrays.fill(mode, 0, rows, FAILED);
    }
}
