package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

import org.holdfast.api.spi.source.StatTable;

/** Metadata as the Java library tells it. */
final class NioStat {
    static final int TYPE = 0170000;
    static final int REGULAR = 0100000;
    static final int DIRECTORY = 0040000;
    static final int LINK = 0120000;

    private static final String UNIX = "unix:mode,ino,dev,rdev,nlink,uid,gid,size,lastModifiedTime,ctime";
    private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

    private NioStat() {
    }

    /** Whether owners, modes and inode numbers can be read and set here. */
    static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Reads metadata without following a link. */
    static void read(Path path, StatTable into, int row) throws IOException {
        if (isUnix(path)) {
            readUnix(Files.readAttributes(path, UNIX, LinkOption.NOFOLLOW_LINKS), into, row);
        } else {
            readAny(path, into, row);
        }
    }

    private static void readUnix(Map<String, Object> all, StatTable into, int row) {
        into.mode[row] = (int) all.get("mode");
        into.uid[row] = (int) all.get("uid");
        into.gid[row] = (int) all.get("gid");
        into.links[row] = (int) all.get("nlink");
        into.inode[row] = (long) all.get("ino");
        into.device[row] = device((long) all.get("dev"));
        into.specialDevice[row] = device((long) all.get("rdev"));
        size((long) all.get("size"), into, row);
        times((FileTime) all.get("lastModifiedTime"), (FileTime) all.get("ctime"), into, row);
    }

    /** Major and minor number in the encoding of the C library (Linux) or of Darwin. */
    private static long device(long encoded) {
        long major = MAC ? encoded >>> 24 & 0xff : encoded >>> 8 & 0xfff | encoded >>> 32 & 0xfffff000L;
        long minor = MAC ? encoded & 0xffffff : encoded & 0xff | encoded >>> 12 & 0xffffff00L;
        return major << 32 | minor;
    }

    private static void readAny(Path path, StatTable into, int row) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int write = basic instanceof DosFileAttributes dos && dos.isReadOnly() ? 0 : 0200;
        if (basic.isSymbolicLink()) {
            into.mode[row] = LINK | 0777;
        } else if (basic.isRegularFile()) {
            into.mode[row] = REGULAR | 0444 | write;
        } else if (basic.isDirectory() && !basic.isOther()) {
            into.mode[row] = DIRECTORY | 0555 | write;
        } else {
            throw new FileSystemException(path.toString(), null, "a kind of entry that cannot be read here");
        }
        into.uid[row] = 0;
        into.gid[row] = 0;
        into.links[row] = 1;
        into.inode[row] = 0;
        into.device[row] = 0;
        into.specialDevice[row] = 0;
        size(basic.size(), into, row);
        times(basic.lastModifiedTime(), basic.lastModifiedTime(), into, row);
    }

    private static void size(long size, StatTable into, int row) {
        into.size[row] = size;
        into.blocks[row] = (size + 511) / 512; // the library does not say; a file without holes takes that much
    }

    private static void times(FileTime modified, FileTime changed, StatTable into, int row) {
        Instant m = modified.toInstant();
        Instant c = changed.toInstant();
        into.mtimeSeconds[row] = m.getEpochSecond();
        into.mtimeNanos[row] = m.getNano();
        into.ctimeSeconds[row] = c.getEpochSecond();
        into.ctimeNanos[row] = c.getNano();
    }

    /** Type bits of an entry, 0 when there is none. */
    static int type(Path path) throws IOException {
        var one = new StatTable();
        one.reset(1);
        try {
            read(path, one, 0);
        } catch (NoSuchFileException e) {
            return 0;
        }
        return one.mode[0] & TYPE;
    }
}
