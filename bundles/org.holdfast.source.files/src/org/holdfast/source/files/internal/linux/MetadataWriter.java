package org.holdfast.source.files.internal.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.RestoreTarget;

/**
 * Puts metadata on an entry by its descriptor, so that it surely lands on the entry that was opened. The order
 * matters: changing the owner clears set-user-id and capabilities, changing the mode edits an ACL, and everything
 * changes the times that come last.
 */
final class MetadataWriter {
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final String[] REMOVABLE = { "user.", "system.posix_acl_", "trusted.", "security." };

    private final Scratch scratch;
    private final int fd;
    private final boolean pinned;
    private final int type;
    private final RestoreTarget.Metadata wanted;
    private final List<String> missed = new ArrayList<>(0);
    /** How calls that know no descriptor of kind O_PATH reach it: the kernel resolves this to the very same entry. */
    private final long path;

    private MetadataWriter(Scratch scratch, int fd, boolean pinned, int type, RestoreTarget.Metadata wanted) {
        this.scratch = scratch;
        this.fd = fd;
        this.pinned = pinned;
        this.type = type & Statx.S_IFMT;
        this.wanted = wanted;
        this.path = pinned ? Xattrs.pathOf(scratch, fd) : 0;
    }

    /** Sets metadata of a file or directory that is open for reading or writing. */
    static List<String> ofOpen(Scratch scratch, int fd, int type, RestoreTarget.Metadata wanted) {
        return new MetadataWriter(scratch, fd, false, type, wanted).write();
    }

    /** Sets metadata of an entry of any type, a symbolic link too, that is open with O_PATH. */
    static List<String> ofPinned(Scratch scratch, int fd, int type, RestoreTarget.Metadata wanted) {
        return new MetadataWriter(scratch, fd, true, type, wanted).write();
    }

    private List<String> write() {
        int unsafe = owner();
        List<ExtendedAttribute> attributes = wanted.attributes();
        if (attributes != null) {
            removeOthers(attributes);
        }
        int mode = wanted.mode() & 07777 & ~unsafe;
        boolean hasMode = wanted.mode() != -1 && type != Statx.S_IFLNK;
        if (hasMode) {
            long result = pinned ? Kernel.call(scratch, Kernel.FCHMODAT, Kernel.AT_FDCWD, path, mode)
                    : Kernel.call(scratch, Kernel.FCHMOD, fd, mode, 0);
            note(result, "The permissions " + Integer.toOctalString(mode));
        }
        if (attributes != null) {
            for (ExtendedAttribute attribute : attributes) {
                set(attribute);
            }
        }
        if (wanted.mtimeNanos() != -1) {
            times();
        }
        verify(hasMode, mode);
        return missed.isEmpty() ? List.of() : List.copyOf(missed);
    }

    /**
     * Sets user and group.
     *
     * @return the mode bits that must not be set because they would give the rights of somebody else
     */
    private int owner() {
        int uid = wanted.uid();
        int gid = wanted.gid();
        if (uid == -1 && gid == -1) {
            return 0;
        }
        if (chown(uid, gid) == 0) {
            return 0;
        }
        int unsafe = 0;
        long group = gid == -1 ? 0 : chown(-1, gid); // an owner may give a file to a group he is in, so one by one
        if (group < 0) {
            unsafe |= type == Statx.S_IFDIR ? 0 : SET_GID;
            note(group, "The group " + Integer.toUnsignedString(gid));
        }
        long user = uid == -1 ? 0 : chown(uid, -1);
        if (user < 0) {
            unsafe |= SET_UID;
            note(user, "The owner " + Integer.toUnsignedString(uid));
        }
        int dropped = wanted.mode() == -1 ? 0 : wanted.mode() & unsafe;
        if (dropped != 0) {
            missed.add("The permission bits " + Integer.toOctalString(dropped)
                    + " were left out because they would give the rights of another owner.");
        }
        return unsafe;
    }

    private long chown(int uid, int gid) {
        return pinned ? Kernel.call(scratch, Kernel.FCHOWNAT, fd, scratch.emptyPath, uid, gid, Kernel.AT_EMPTY_PATH)
                : Kernel.call(scratch, Kernel.FCHOWN, fd, uid, gid);
    }

    private Xattrs.By by() {
        return pinned ? Xattrs.By.PATH : Xattrs.By.HANDLE;
    }

    private long target() {
        return pinned ? path : fd;
    }

    /** Removes what is there and not wanted; a new file may have inherited an ACL. */
    private void removeOthers(List<ExtendedAttribute> attributes) {
        long listed = Xattrs.list(scratch, by(), target());
        if (listed <= 0) {
            return; // when it failed, setting will say why
        }
        for (byte[] name : Xattrs.names(scratch, (int) listed)) {
            String text = text(name);
            if (attributes.stream().noneMatch(a -> Arrays.equals(a.name(), name)) && isRemovable(text)) {
                long result = Kernel.call(scratch, Kernel.REMOVEXATTR + by().ordinal(), target(),
                        scratch.otherName(name), 0);
                boolean ours = text.startsWith("user.") || text.startsWith("system.");
                if (result < 0 && result != -Errno.ENODATA && ours) {
                    missed.add("The extended attribute " + text + " could not be removed: " + Errno.text(result) + ".");
                }
            }
        }
    }

    private static boolean isRemovable(String name) {
        return !isOfTheSystem(name) && Arrays.stream(REMOVABLE).anyMatch(name::startsWith);
    }

    /** Labels and seals that the policy of the running system gives; what a backup says about them may not fit. */
    private static boolean isOfTheSystem(String name) {
        return name.equals("security.selinux") || name.equals("security.ima") || name.equals("security.evm");
    }

    private void set(ExtendedAttribute attribute) {
        byte[] value = attribute.value();
        String name = text(attribute.name());
        long result;
        if (value.length > Scratch.BLOCK_BYTES) {
            result = -Errno.E2BIG;
        } else {
            MemorySegment.copy(value, 0, scratch.block, ValueLayout.JAVA_BYTE, 0, value.length);
            result = Kernel.call(scratch, Kernel.SETXATTR + by().ordinal(), target(),
                    scratch.otherName(attribute.name()), scratch.block.address(), value.length, 0);
        }
        if (!isOfTheSystem(name)) {
            note(result, "The extended attribute " + name);
        }
    }

    private void times() {
        MemorySegment s = scratch.struct;
        s.set(ValueLayout.JAVA_LONG, 0, 0);
        s.set(ValueLayout.JAVA_LONG, 8, UTIME_OMIT);
        s.set(ValueLayout.JAVA_LONG, 16, wanted.mtimeSeconds());
        s.set(ValueLayout.JAVA_LONG, 24, wanted.mtimeNanos());
        note(Kernel.call(scratch, Kernel.UTIMENSAT, pinned ? Kernel.AT_FDCWD : fd, path, s.address(), 0),
                "The modification time");
    }

    /** Looks again where the kernel may have said yes and done less. */
    private void verify(boolean hasMode, int mode) {
        int special = hasMode ? mode & (SET_UID | SET_GID) : 0;
        boolean farTime = wanted.mtimeNanos() != -1 && wanted.mtimeSeconds() != (int) wanted.mtimeSeconds();
        if (special == 0 && !farTime || Statx.ofHandle(scratch, fd) < 0) {
            return;
        }
        int lost = special & ~Statx.mode(scratch);
        if (lost != 0) {
            missed.add("The permission bits " + Integer.toOctalString(lost) + " were refused by the system.");
        }
        if (farTime && Statx.mtimeSeconds(scratch) != wanted.mtimeSeconds()) {
            missed.add("The modification time is outside of what this file system can store.");
        }
    }

    private void note(long result, String what) {
        if (result < 0) {
            missed.add(what + " could not be set: " + Errno.text(result) + ".");
        }
    }

    private static String text(byte[] name) {
        return RawPath.displayOf(name);
    }
}
