package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.source.files.internal.Owners;

/** The file systems of any machine. */
public final class NioSource implements Source {
    private @Nullable Owners users;
    private @Nullable Owners groups;

    @Override
    public SourceDirectory openDirectory(RawPath absolute) throws IOException {
        return open(NioNames.absolute(absolute));
    }

    static SourceDirectory open(Path path) throws IOException {
        int type = NioStat.type(path);
        if (type == 0) {
            throw new NoSuchFileException(path.toString());
        }
        if (type != NioStat.DIRECTORY) {
            throw new NotDirectoryException(path.toString());
        }
        return new NioSourceDirectory(path);
    }

    @Override
    public synchronized @Nullable String userName(int uid) {
        if (users == null) {
            users = Owners.users(Commands.USERS);
        }
        return users.name(uid);
    }

    @Override
    public synchronized @Nullable String groupName(int gid) {
        if (groups == null) {
            groups = Owners.groups(Commands.GROUPS);
        }
        return groups.name(gid);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
