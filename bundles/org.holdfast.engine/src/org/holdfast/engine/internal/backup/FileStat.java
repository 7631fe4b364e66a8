package org.holdfast.engine.internal.backup;

import org.holdfast.api.spi.source.StatTable;

/** Metadata of one file, copied out of a table. */
record FileStat(int mode, int uid, int gid, int links, long size, long mtime, int mtimeNanos, long ctime,
        int ctimeNanos, long inode, long device, long blocks) {
    static FileStat of(StatTable t, int row) {
        return new FileStat(t.mode[row], t.uid[row], t.gid[row], t.links[row], t.size[row], t.mtimeSeconds[row],
                t.mtimeNanos[row], t.ctimeSeconds[row], t.ctimeNanos[row], t.inode[row], t.device[row],
                t.blocks[row]);
    }

    /** Whether a table row shows the same version of the same file. */
    boolean sameVersion(StatTable t, int row) {
        return size == t.size[row] && mtime == t.mtimeSeconds[row] && mtimeNanos == t.mtimeNanos[row]
                && ctime == t.ctimeSeconds[row] && ctimeNanos == t.ctimeNanos[row] && inode == t.inode[row];
    }

    boolean regular() {
        return (mode & 0xf000) == 0x8000;
    }

    /** Whether less is allocated than the size says: there are holes. */
    boolean sparse() {
        return size > 0 && blocks * 512 < size && size > 4096;
    }
}
