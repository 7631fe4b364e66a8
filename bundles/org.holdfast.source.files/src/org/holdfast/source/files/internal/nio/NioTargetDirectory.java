package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;

/** A directory that is restored into. */
final class NioTargetDirectory extends NioDirectory implements TargetDirectory {
    NioTargetDirectory(Path path) {
        super(path);
    }

    private Path child(byte[] name) throws IOException {
        if (!Files.isDirectory(path(), LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(path().toString()); // somebody put something else in its place
        }
        return NioNames.child(path(), name);
    }

    static void makePrivate(Path path) throws IOException {
        try {
            Files.createDirectory(path, permissions(path, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new NotDirectoryException(path.toString());
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String mode) {
        return NioStat.isUnix(path) ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)) } : new FileAttribute<?>[0];
    }

    @Override
    public void stat(byte[] name, StatTable into) throws IOException {
        into.reset(1);
        try {
            NioStat.read(child(name), into, 0);
        } catch (NoSuchFileException e) {
            into.mode[0] = StatTable.VANISHED;
        }
    }

    @Override
    public TargetDirectory directory(byte[] name) throws IOException {
        Path path = child(name);
        makePrivate(path);
        return new NioTargetDirectory(path);
    }

    @Override
    public TargetFile file(byte[] name, boolean existing) throws IOException {
        Path path = child(name);
        int type = existing ? regularOrMissing(path) : 0;
        Set<OpenOption> options = type == 0
                ? Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        return new NioTargetFile(path, FileChannel.open(path, options, permissions(path, "rw-------")));
    }

    @Override
    public TargetFile existing(byte[] name) throws IOException {
        Path path = child(name);
        if (regularOrMissing(path) == 0) {
            throw new NoSuchFileException(path.toString());
        }
        return new NioTargetFile(path, FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static int regularOrMissing(Path path) throws IOException {
        int type = NioStat.type(path);
        if (type == NioStat.LINK) {
            throw new FileSystemLoopException(path.toString());
        }
        if (type != 0 && type != NioStat.REGULAR) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
        return type;
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        return NioNames.readLink(child(name));
    }

    @Override
    public void symbolicLink(byte[] name, byte[] target) throws IOException {
        Path link = child(name);
        try {
            Files.createSymbolicLink(link, NioNames.target(target));
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(link.toString(), null, "symbolic links are not possible here");
        }
    }

    @Override
    public void hardLink(byte[] name, TargetDirectory otherDirectory, byte[] otherName) throws IOException {
        if (!(otherDirectory instanceof NioTargetDirectory other)) {
            throw new IllegalArgumentException("a directory of another kind of target");
        }
        Path link = child(name);
        try {
            Files.createLink(link, other.child(otherName));
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(link.toString(), null, "hard links are not possible here");
        }
    }

    @Override
    public void special(byte[] name, int mode, long specialDevice) throws IOException {
        throw new FileSystemException(child(name).toString(), null, "special files cannot be made on this system");
    }

    @Override
    public void rename(byte[] from, byte[] to) throws IOException {
        Path old = child(from);
        if (NioStat.type(child(to)) == NioStat.DIRECTORY) {
            throw new FileSystemException(child(to).toString(), null, "is a directory");
        }
        Files.move(old, child(to), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(old); // two names of one file: POSIX lets renaming do nothing then
    }

    @Override
    public void remove(byte[] name) throws IOException {
        Path path = child(name);
        if (NioStat.type(path) == NioStat.DIRECTORY) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        Files.deleteIfExists(path);
    }

    @Override
    public List<String> setMetadata(byte[] name, int type, RestoreTarget.Metadata metadata) throws IOException {
        Path path = child(name);
        int actual = NioStat.type(path);
        if (actual == 0) {
            throw new NoSuchFileException(path.toString());
        }
        if (actual != (type & NioStat.TYPE)) {
            throw new FileSystemException(RawPath.displayOf(name), null, "was replaced by something else meanwhile");
        }
        return NioMetadata.write(path, actual, metadata);
    }

    @Override
    public List<String> setMetadataOfSelf(RestoreTarget.Metadata metadata) {
        return NioMetadata.write(path(), NioStat.DIRECTORY, metadata);
    }
}
