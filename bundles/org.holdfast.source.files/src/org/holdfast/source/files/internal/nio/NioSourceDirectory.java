package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;

/** A directory that is read. */
final class NioSourceDirectory extends NioDirectory implements SourceDirectory {
    NioSourceDirectory(Path path) {
        super(path);
    }

    @Override
    public void list(NameTable into, CancelToken cancel) throws IOException {
        into.clear();
        try (var entries = Files.newDirectoryStream(path())) {
            for (Path entry : entries) {
                cancel.check();
                byte[] name = NioNames.bytes(entry);
                into.add(name, 0, name.length);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        into.sort();
    }

    @Override
    public void stat(NameTable names, int from, int to, StatTable into) {
        into.reset(to - from);
        for (int i = from; i < to; i++) {
            try {
                NioStat.read(NioNames.child(path(), names.name(i)), into, i - from);
            } catch (NoSuchFileException e) {
                into.mode[i - from] = StatTable.VANISHED;
            } catch (IOException e) {
                into.mode[i - from] = StatTable.FAILED;
            }
        }
    }

    @Override
    public void statSelf(StatTable into) throws IOException {
        into.reset(1);
        NioStat.read(path(), into, 0);
    }

    @Override
    public void stat(byte[] name, StatTable into) throws IOException {
        into.reset(1);
        NioStat.read(NioNames.child(path(), name), into, 0);
    }

    @Override
    public SourceDirectory openDirectory(byte[] name) throws IOException {
        return NioSource.open(NioNames.child(path(), name));
    }

    @Override
    public SourceFile openFile(byte[] name) throws IOException {
        Path file = NioNames.child(path(), name);
        switch (NioStat.type(file)) { // before opening, because opening a fifo waits
            case 0 -> throw new NoSuchFileException(file.toString());
            case NioStat.REGULAR -> {
                return new NioSourceFile(file,
                        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            }
            case NioStat.LINK -> throw new FileSystemLoopException(file.toString());
            default -> throw new FileSystemException(file.toString(), null, "not a regular file");
        }
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        return NioNames.readLink(NioNames.child(path(), name));
    }

    @Override
    public List<ExtendedAttribute> attributes(byte[] name, int mode) throws IOException {
        return NioAttributes.read(NioNames.child(path(), name), mode & NioStat.TYPE);
    }

    @Override
    public List<ExtendedAttribute> attributesOfSelf() throws IOException {
        return NioAttributes.read(path(), NioStat.DIRECTORY);
    }
}
