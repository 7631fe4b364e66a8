package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetFile;

/** A regular file open for reading and writing. */
final class NioTargetFile implements TargetFile {
    private final Path path;
    private final FileChannel channel;

    NioTargetFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public void truncate(long size) throws IOException {
        if (size > channel.size()) {
            channel.write(ByteBuffer.allocate(1), size - 1); // the library can lengthen a file in no other way
        } else {
            channel.truncate(size);
        }
    }

    @Override
    public boolean allocate(long position, long length) {
        return false;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
        var buffer = ByteBuffer.wrap(from, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position() - offset);
            }
        } catch (NonWritableChannelException e) {
            throw new FileSystemException(path.toString(), null, "not open for writing");
        }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return NioSourceFile.read(channel, position, into, offset, length);
    }

    @Override
    public void stat(StatTable into) throws IOException {
        into.reset(1);
        NioStat.read(path, into, 0);
    }

    @Override
    public List<String> setMetadata(RestoreTarget.Metadata metadata) {
        return NioMetadata.write(path, NioStat.REGULAR, metadata);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
