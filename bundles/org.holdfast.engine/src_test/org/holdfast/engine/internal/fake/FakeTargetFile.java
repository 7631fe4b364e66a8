package org.holdfast.engine.internal.fake;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetFile;

final class FakeTargetFile extends FakeHandle implements TargetFile {
    private final FakeFiles files;
    private final FakeNode node;
    private final RawPath path;

    FakeTargetFile(FakeFiles files, FakeNode node, RawPath path) {
        super(files);
        this.files = files;
        this.node = node;
        this.path = path;
    }

    @Override
    public void truncate(long size) {
        requireOpen();
        synchronized (files.tree()) {
            node.data = Arrays.copyOf(node.data, (int) size);
        }
    }

    @Override
    public boolean allocate(long position, long length) {
        synchronized (files.tree()) {
            node.data = Arrays.copyOf(node.data, (int) Math.max(node.data.length, position + length));
        }
        return true;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
        requireOpen();
        files.step(Step.WRITE, path, position);
        synchronized (files.tree()) {
            int end = (int) position + length;
            if (end > node.data.length) {
                node.data = Arrays.copyOf(node.data, end);
            }
            System.arraycopy(from, offset, node.data, (int) position, length);
        }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
        requireOpen();
        synchronized (files.tree()) {
            int n = (int) Math.max(0, Math.min(length, node.data.length - position));
            System.arraycopy(node.data, (int) Math.min(position, node.data.length), into, offset, n);
            return n;
        }
    }

    @Override
    public void stat(StatTable into) {
        into.reset(1);
        synchronized (files.tree()) {
            FakeFiles.fill(node, into, 0);
        }
    }

    @Override
    public List<String> setMetadata(RestoreTarget.Metadata metadata) {
        synchronized (files.tree()) {
            FakeTargetDirectory.set(node, metadata);
        }
        return List.of();
    }
}
