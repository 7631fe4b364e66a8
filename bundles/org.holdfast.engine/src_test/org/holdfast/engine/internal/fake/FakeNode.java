package org.holdfast.engine.internal.fake;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** An entry of a fake file system: what a kernel keeps in an inode. Guarded by its tree. */
final class FakeNode {
    static final int TYPE = 0170000;
    static final int SOCKET = 0140000;
    static final int LINK = 0120000;
    static final int REGULAR = 0100000;
    static final int BLOCK = 0060000;
    static final int DIRECTORY = 0040000;
    static final int CHARACTER = 0020000;
    static final int FIFO = 0010000;

    final long inode;
    int mode;
    int uid = 1000;
    int gid = 1000;
    int links = 1;
    long device = 5L << 32 | 1;
    long special;
    long mtime;
    int mtimeNanos;
    long ctime;
    byte[] data = new byte[0];
    /** Ranges without data: start and end of each. */
    long[] holes = new long[0];
    byte[] target = new byte[0];
    final TreeMap<String, byte[]> attributes = new TreeMap<>();
    /** Children of a directory in the order of names as unsigned bytes. */
    final TreeMap<byte[], FakeNode> children = new TreeMap<>(Arrays::compareUnsigned);

    FakeNode(long inode, int mode, long now) {
        this.inode = inode;
        this.mode = mode;
        this.mtime = now;
        this.ctime = now;
    }

    int type() {
        return mode & TYPE;
    }

    long size() {
        return type() == REGULAR ? data.length : type() == LINK ? target.length : 4096;
    }

    long blocks() {
        long missing = 0;
        for (int i = 0; i < holes.length; i += 2) {
            missing += Math.min(holes[i + 1], data.length) - Math.min(holes[i], data.length);
        }
        return (size() - missing + 511) / 512;
    }

    /** The start of data at or after a position, or -1. */
    long nextData(long from) {
        long at = from;
        for (int i = 0; i < holes.length; i += 2) {
            if (at >= holes[i] && at < holes[i + 1]) {
                at = holes[i + 1];
            }
        }
        return at < data.length ? at : -1;
    }

    /** The start of a hole at or after a position; the end of the file is one. */
    long nextHole(long from) {
        for (int i = 0; i < holes.length; i += 2) {
            if (from < holes[i + 1]) {
                return Math.max(from, holes[i]);
            }
        }
        return Math.max(from, data.length);
    }

    Map<String, byte[]> attributes() {
        return attributes;
    }
}
