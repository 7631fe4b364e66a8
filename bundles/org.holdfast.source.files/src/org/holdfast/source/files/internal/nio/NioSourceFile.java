package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;

/** A regular file open for reading; its holes are not known. */
final class NioSourceFile implements SourceFile {
    private final Path path;
    private final FileChannel channel;

    NioSourceFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return read(channel, position, into, offset, length);
    }

    static int read(FileChannel channel, long position, byte[] into, int offset, int length) throws IOException {
        var buffer = ByteBuffer.wrap(into, offset, length);
        int n = 0;
        while (buffer.hasRemaining() && n >= 0) {
            n = channel.read(buffer, position + buffer.position() - offset);
        }
        return buffer.position() - offset;
    }

    @Override
    public void stat(StatTable into) throws IOException {
        into.reset(1);
        NioStat.read(path, into, 0);
    }

    @Override
    public long nextData(long from) throws IOException {
        return from < channel.size() ? from : -1;
    }

    @Override
    public long nextHole(long from) throws IOException {
        return Math.max(from, channel.size());
    }

    @Override
    public List<ExtendedAttribute> attributes() throws IOException {
        return NioAttributes.read(path, NioStat.REGULAR);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
