package org.holdfast.source.files.internal.linux;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.source.files.internal.Owners;

/** The file systems of a Linux machine. */
public final class LinuxSource implements Source {
    private static final int OPEN = Kernel.O_CLOEXEC | Kernel.O_DIRECTORY | Kernel.O_NONBLOCK;

    private @Nullable Owners users;
    private @Nullable Owners groups;

    /** Whether this machine and its kernel have all that is needed. */
    public static boolean isSupported() {
        if (!Kernel.isKnown()) {
            return false;
        }
        try {
            Scratch scratch = Scratch.get();
            return Statx.ofHandle(scratch, Kernel.AT_FDCWD) == 0; // missing before 4.11 and in some old sandboxes
        } catch (RuntimeException | LinkageError e) {
            return false; // native access is denied, or a C library without syscall(2)
        }
    }

    @Override
    public SourceDirectory openDirectory(RawPath absolute) throws IOException {
        byte[] path = absolute.bytes();
        int fd = Paths.open(path, OPEN | Kernel.O_NOFOLLOW, true);
        return new LinuxSourceDirectory(fd, new Trail(null, path));
    }

    @Override
    public synchronized @Nullable String userName(int uid) {
        if (users == null) {
            users = Owners.users(NameService.USERS);
        }
        return users.name(uid);
    }

    @Override
    public synchronized @Nullable String groupName(int gid) {
        if (groups == null) {
            groups = Owners.groups(NameService.GROUPS);
        }
        return groups.name(gid);
    }

    @Override
    public void close() {
        // Nothing is held: directories are closed by those who opened them.
    }
}
