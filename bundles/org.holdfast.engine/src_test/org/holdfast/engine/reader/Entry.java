package org.holdfast.engine.reader;

import java.util.List;
import java.util.TreeMap;

/** One entry of a directory page, and what its body says; format.md §10 and §11. */
final class Entry {
    /** One page of a directory. */
    record PageRef(byte[] id, long entries, byte[] firstName) {
    }

    /** Part of a file; the id is that of a chunk, or null. */
    record Segment(int kind, long length, byte[] id) {
    }

    byte[] name;
    int mode;
    long uid;
    long gid;
    long device;
    String user;
    String group;
    int flags;
    long mtime;
    long mtimeNanos;
    long ctime;
    long inode;
    long size;
    TreeMap<String, byte[]> attributes;
    int body;
    byte[] inline;
    List<Segment> segments;
    List<PageRef> pages;
    byte[] target;
    long major;
    long minor;

    int type() {
        return mode & 0170000;
    }
}
