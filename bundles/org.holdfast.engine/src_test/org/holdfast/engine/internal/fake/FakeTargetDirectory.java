package org.holdfast.engine.internal.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;

final class FakeTargetDirectory extends FakeHandle implements TargetDirectory {
    private final FakeFiles files;
    private final FakeNode node;
    private final RawPath path;

    FakeTargetDirectory(FakeFiles files, FakeNode node, RawPath path) {
        super(files);
        this.files = files;
        this.node = node;
        this.path = path;
    }

    @Override
    public void stat(byte[] name, StatTable into) {
        requireOpen();
        into.reset(1);
        synchronized (files.tree()) {
            FakeNode child = node.children.get(name);
            if (child == null) {
                into.mode[0] = StatTable.VANISHED;
            } else {
                FakeFiles.fill(child, into, 0);
            }
        }
    }

    @Override
    public TargetDirectory directory(byte[] name) throws IOException {
        requireOpen();
        synchronized (files.tree()) {
            FakeNode child = node.children.get(name);
            if (child == null) {
                child = files.tree().node(FakeNode.DIRECTORY | 0700);
                node.children.put(name, child);
            } else if (child.type() != FakeNode.DIRECTORY) {
                throw new NotDirectoryException(path.child(name).toString());
            }
            return new FakeTargetDirectory(files, child, path.child(name));
        }
    }

    private FakeNode add(byte[] name, FakeNode child) throws IOException {
        if (node.children.putIfAbsent(name, child) != null) {
            throw new FileAlreadyExistsException(path.child(name).toString());
        }
        return child;
    }

    @Override
    public TargetFile file(byte[] name, boolean existing) throws IOException {
        requireOpen();
        synchronized (files.tree()) {
            FakeNode child = node.children.get(name);
            if (child == null || !existing) {
                child = add(name, files.tree().node(FakeNode.REGULAR | 0600));
            }
            return new FakeTargetFile(files, child, path.child(name));
        }
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        synchronized (files.tree()) {
            return FakeFiles.child(node, name, path).target.clone();
        }
    }

    @Override
    public void symbolicLink(byte[] name, byte[] target) throws IOException {
        synchronized (files.tree()) {
            add(name, files.tree().node(FakeNode.LINK | 0777)).target = target.clone();
        }
    }

    @Override
    public void hardLink(byte[] name, TargetDirectory otherDirectory, byte[] otherName) throws IOException {
        var other = (FakeTargetDirectory) otherDirectory;
        synchronized (files.tree()) {
            add(name, FakeFiles.child(other.node, otherName, other.path)).links++;
        }
    }

    @Override
    public void special(byte[] name, int mode, long specialDevice) throws IOException {
        synchronized (files.tree()) {
            add(name, files.tree().node(mode & FakeNode.TYPE | 0600)).special = specialDevice;
        }
    }

    @Override
    public void rename(byte[] from, byte[] to) throws IOException {
        synchronized (files.tree()) {
            FakeNode moved = FakeFiles.child(node, from, path);
            node.children.remove(from);
            FakeNode gone = node.children.put(to, moved);
            if (gone != null) {
                gone.links--;
            }
        }
    }

    @Override
    public void remove(byte[] name) {
        synchronized (files.tree()) {
            FakeNode gone = node.children.remove(name);
            if (gone != null) {
                gone.links--;
            }
        }
    }

    @Override
    public List<String> setMetadata(byte[] name, int type, RestoreTarget.Metadata metadata)
            throws NoSuchFileException {
        synchronized (files.tree()) {
            set(FakeFiles.child(node, name, path), metadata);
        }
        return List.of();
    }

    @Override
    public List<String> setMetadataOfSelf(RestoreTarget.Metadata metadata) {
        synchronized (files.tree()) {
            set(node, metadata);
        }
        return List.of();
    }

    static void set(FakeNode node, RestoreTarget.Metadata metadata) {
        if (metadata.mode() != -1) {
            node.mode = node.type() | metadata.mode() & 07777;
        }
        if (metadata.uid() != -1) {
            node.uid = metadata.uid();
        }
        if (metadata.gid() != -1) {
            node.gid = metadata.gid();
        }
        if (metadata.mtimeNanos() != -1) {
            node.mtime = metadata.mtimeSeconds();
            node.mtimeNanos = metadata.mtimeNanos();
        }
        if (metadata.attributes() != null) {
            node.attributes.clear();
            metadata.attributes().forEach(a -> node.attributes
                    .put(new String(a.name(), StandardCharsets.UTF_8), a.value()));
        }
    }
}
