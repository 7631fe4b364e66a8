package org.holdfast.engine.internal.fake;

import java.io.IOException;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;

final class FakeSourceFile extends FakeHandle implements SourceFile {
    private final FakeFiles files;
    private final FakeNode node;
    private final RawPath path;

    FakeSourceFile(FakeFiles files, FakeNode node, RawPath path) {
        super(files);
        this.files = files;
        this.node = node;
        this.path = path;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        requireOpen();
        files.step(Step.READ, path, position);
        synchronized (files.tree()) {
            int n = (int) Math.max(0, Math.min(length, node.data.length - position));
            System.arraycopy(node.data, (int) Math.min(position, node.data.length), into, offset, n);
            files.count(path, n);
            return n;
        }
    }

    @Override
    public void stat(StatTable into) throws IOException {
        requireOpen();
        files.step(Step.STAT_OPEN, path, 0);
        into.reset(1);
        synchronized (files.tree()) {
            FakeFiles.fill(node, into, 0);
        }
    }

    @Override
    public long nextData(long from) {
        synchronized (files.tree()) {
            return node.nextData(from);
        }
    }

    @Override
    public long nextHole(long from) {
        synchronized (files.tree()) {
            return node.nextHole(from);
        }
    }

    @Override
    public List<ExtendedAttribute> attributes() throws IOException {
        files.step(Step.ATTRIBUTES, path, 0);
        synchronized (files.tree()) {
            return FakeSourceDirectory.list(node.attributes());
        }
    }
}
