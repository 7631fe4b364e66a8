package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.source.files.internal.Owners;

/** A directory of a Linux machine that is restored into. */
public final class LinuxTarget implements RestoreTarget {
    private static final int CAP_CHOWN = 0;

    private final LinuxTargetDirectory root;
    private final boolean owners;
    private @Nullable Owners users;
    private @Nullable Owners groups;

    private LinuxTarget(LinuxTargetDirectory root, boolean owners) {
        this.root = root;
        this.owners = owners;
    }

    /** Opens a directory and makes it when it is not there. Links in its path are followed: it is a person's choice. */
    public static LinuxTarget open(RawPath directory) throws IOException {
        byte[] path = directory.bytes();
        int fd = Paths.create(path, Kernel.O_DIRECTORY | Kernel.O_CLOEXEC);
        return new LinuxTarget(new LinuxTargetDirectory(fd, new Trail(null, path)), has(CAP_CHOWN));
    }

    private static boolean has(int capability) {
        String set = status("CapEff:");
        return set == null ? System.getProperty("user.name", "").equals("root") // without /proc the name has to do
                : (Long.parseUnsignedLong(set, 16) >>> capability & 1) != 0;
    }

    private static @Nullable String status(String field) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(field)) {
                    return line.substring(field.length()).strip();
                }
            }
        } catch (IOException e) {
            return null; // no /proc here
        }
        return null;
    }

    @Override
    public TargetDirectory root() {
        root.retain();
        return root;
    }

    @Override
    public synchronized int userId(String name) {
        if (users == null) {
            users = Owners.users(NameService.USERS);
        }
        return users.id(name);
    }

    @Override
    public synchronized int groupId(String name) {
        if (groups == null) {
            groups = Owners.groups(NameService.GROUPS);
        }
        return groups.id(name);
    }

    @Override
    public boolean canSetOwner() {
        return owners;
    }

    @Override
    public long freeBytes() {
        Scratch scratch = Scratch.get();
        var s = scratch.struct; // struct statfs: type, size of a block, blocks, free, available to us, ..., fragment
        if (Kernel.call(scratch, Kernel.FSTATFS, root.fd(), s.address(), 0) < 0) {
            return -1;
        }
        long fragment = s.get(ValueLayout.JAVA_LONG, 72);
        return s.get(ValueLayout.JAVA_LONG, 32) * (fragment != 0 ? fragment : s.get(ValueLayout.JAVA_LONG, 8));
    }

    @Override
    public int umask() {
        String mask = status("Umask:"); // since Linux 4.7
        return mask == null ? RestoreTarget.super.umask() : Integer.parseInt(mask, 8);
    }

    @Override
    public void sync() throws IOException {
        long result = Kernel.call(Scratch.get(), Kernel.SYNCFS, root.fd(), 0, 0);
        if (result < 0) {
            throw root.error(result);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
