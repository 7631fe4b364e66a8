package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.source.files.internal.Owners;

/** A directory of any machine that is restored into. */
public final class NioTarget implements RestoreTarget {
    private final NioTargetDirectory root;
    private @Nullable Owners users;
    private @Nullable Owners groups;

    private NioTarget(NioTargetDirectory root) {
        this.root = root;
    }

    /** Opens a directory and makes it when it is not there. */
    public static NioTarget open(RawPath directory) throws IOException {
        make(NioNames.absolute(directory));
        return new NioTarget(new NioTargetDirectory(NioNames.absolute(directory).toRealPath()));
    }

    private static void make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            make(parent);
        }
        if (Files.exists(path)) {
            throw new NotDirectoryException(path.toString());
        }
        NioTargetDirectory.makePrivate(path);
    }

    @Override
    public TargetDirectory root() {
        root.retain();
        return root;
    }

    @Override
    public synchronized int userId(String name) {
        if (users == null) {
            users = Owners.users(Commands.USERS);
        }
        return users.id(name);
    }

    @Override
    public synchronized int groupId(String name) {
        if (groups == null) {
            groups = Owners.groups(Commands.GROUPS);
        }
        return groups.id(name);
    }

    @Override
    public boolean canSetOwner() {
        return NioStat.isUnix(root.path()) && System.getProperty("user.name", "").equals("root");
    }

    @Override
    public long freeBytes() {
        try {
            return Files.getFileStore(root.path()).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
