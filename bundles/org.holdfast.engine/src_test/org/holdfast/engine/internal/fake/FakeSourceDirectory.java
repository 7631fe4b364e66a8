package org.holdfast.engine.internal.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;

final class FakeSourceDirectory extends FakeHandle implements SourceDirectory {
    private final FakeFiles files;
    private final FakeNode node;
    private final RawPath path;

    FakeSourceDirectory(FakeFiles files, FakeNode node, RawPath path) {
        super(files);
        this.files = files;
        this.node = node;
        this.path = path;
    }

    @Override
    public void list(NameTable into, CancelToken cancel) throws IOException {
        requireOpen();
        files.step(Step.LIST, path, 0);
        into.clear();
        synchronized (files.tree()) {
            node.children.keySet().forEach(name -> into.add(name, 0, name.length));
        }
        into.sort();
    }

    @Override
    public void stat(NameTable names, int from, int to, StatTable into) {
        requireOpen();
        into.reset(to - from);
        for (int i = from; i < to; i++) {
            byte[] name = names.name(i);
            try {
                files.step(Step.STAT, path.child(name), 0);
            } catch (IOException e) {
                into.mode[i - from] = StatTable.FAILED;
                continue;
            }
            synchronized (files.tree()) {
                FakeNode child = node.children.get(name);
                if (child == null) {
                    into.mode[i - from] = StatTable.VANISHED;
                } else {
                    FakeFiles.fill(child, into, i - from);
                }
            }
        }
    }

    @Override
    public void statSelf(StatTable into) {
        requireOpen();
        into.reset(1);
        synchronized (files.tree()) {
            FakeFiles.fill(node, into, 0);
        }
    }

    @Override
    public void stat(byte[] name, StatTable into) throws IOException {
        requireOpen();
        files.step(Step.STAT, path.child(name), 0);
        into.reset(1);
        synchronized (files.tree()) {
            FakeFiles.fill(FakeFiles.child(node, name, path), into, 0);
        }
    }

    @Override
    public SourceDirectory openDirectory(byte[] name) throws IOException {
        requireOpen();
        files.step(Step.OPEN_DIRECTORY, path.child(name), 0);
        synchronized (files.tree()) {
            FakeNode child = FakeFiles.child(node, name, path);
            if (child.type() != FakeNode.DIRECTORY) {
                throw new NotDirectoryException(path.child(name).toString());
            }
            return new FakeSourceDirectory(files, child, path.child(name));
        }
    }

    @Override
    public SourceFile openFile(byte[] name) throws IOException {
        requireOpen();
        files.step(Step.OPEN, path.child(name), 0);
        synchronized (files.tree()) {
            FakeNode child = FakeFiles.child(node, name, path);
            if (child.type() != FakeNode.REGULAR) {
                throw new FileSystemException(path.child(name).toString(), null, "not a regular file");
            }
            return new FakeSourceFile(files, child, path.child(name));
        }
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        requireOpen();
        files.step(Step.READ_LINK, path.child(name), 0);
        synchronized (files.tree()) {
            return FakeFiles.child(node, name, path).target.clone();
        }
    }

    @Override
    public List<ExtendedAttribute> attributes(byte[] name, int mode) throws IOException {
        requireOpen();
        files.step(Step.ATTRIBUTES, path.child(name), 0);
        synchronized (files.tree()) {
            return list(FakeFiles.child(node, name, path).attributes());
        }
    }

    @Override
    public List<ExtendedAttribute> attributesOfSelf() {
        synchronized (files.tree()) {
            return list(node.attributes());
        }
    }

    static List<ExtendedAttribute> list(Map<String, byte[]> attributes) {
        var list = new ArrayList<ExtendedAttribute>();
        attributes.forEach((name, value) -> list
                .add(new ExtendedAttribute(name.getBytes(StandardCharsets.UTF_8), value.clone())));
        return list;
    }
}
