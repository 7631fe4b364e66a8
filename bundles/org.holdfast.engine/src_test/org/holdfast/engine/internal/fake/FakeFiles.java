package org.holdfast.engine.internal.fake;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;

/** Backs up from and restores to a fake file system; counts what is read and open, and lets tests meddle. */
public final class FakeFiles implements SourceProvider {
    private final FakeTree tree;
    private final Map<String, AtomicLong> read = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Hook hook = (step, path, position) -> {};

    /** Called before each step; may change the tree, wait, or fail. */
    @FunctionalInterface
    public interface Hook {
        /**
         * One step.
         *
         * @param position where in the file, for {@link Step#READ}; else 0
         */
        void at(Step step, String path, long position) throws IOException;
    }

    /** @param tree the file system */
    public FakeFiles(FakeTree tree) {
        this.tree = tree;
    }

    /** The file system. */
    public FakeTree tree() {
        return tree;
    }

    /** Sets what happens before each step. */
    public FakeFiles hook(Hook now) {
        hook = now;
        return this;
    }

    void step(Step step, RawPath path, long position) throws IOException {
        hook.at(step, path.toString(), position);
    }

    void count(RawPath path, int bytes) {
        read.computeIfAbsent(path.toString(), p -> new AtomicLong()).addAndGet(bytes);
    }

    AtomicInteger handles() {
        return open;
    }

    /** Handles that are open now. */
    public int openHandles() {
        return open.get();
    }

    /** Bytes read of each file that was opened since the last {@link #forget}. */
    public Map<String, Long> read() {
        var all = new TreeMap<String, Long>();
        read.forEach((path, bytes) -> all.put(path, bytes.get()));
        return all;
    }

    /** Forgets what was read. */
    public void forget() {
        read.clear();
    }

    @Override
    public String type() {
        return "files";
    }

    @Override
    public Source open() {
        return new Source() {
            @Override
            public SourceDirectory openDirectory(RawPath absolute) throws IOException {
                step(Step.OPEN_DIRECTORY, absolute, 0);
                FakeNode node = tree.find(absolute);
                if (node.type() != FakeNode.DIRECTORY) {
                    throw new NotDirectoryException(absolute.toString());
                }
                return new FakeSourceDirectory(FakeFiles.this, node, absolute);
            }

            @Override
            public @Nullable String userName(int uid) {
                return uid == 0 ? "root" : "user" + uid;
            }

            @Override
            public @Nullable String groupName(int gid) {
                return gid == 0 ? "root" : "group" + gid;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public RestoreTarget openTarget(RawPath directory) throws IOException {
        tree.directory(directory.toString());
        FakeNode root = tree.find(directory);
        return new RestoreTarget() {
            @Override
            public TargetDirectory root() {
                return new FakeTargetDirectory(FakeFiles.this, root, directory);
            }

            @Override
            public int userId(String name) {
                return id(name, "user");
            }

            @Override
            public int groupId(String name) {
                return id(name, "group");
            }

            private static int id(String name, String prefix) {
                return name.equals("root") ? 0
                        : name.startsWith(prefix) ? Integer.parseInt(name, prefix.length(),
                                name.length(), 10) : -1;
            }

            @Override
            public boolean canSetOwner() {
                return true;
            }

            @Override
            public long freeBytes() {
                return -1;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    static void fill(FakeNode node, StatTable t, int row) {
        t.mode[row] = node.mode;
        t.uid[row] = node.uid;
        t.gid[row] = node.gid;
        t.links[row] = node.links;
        t.size[row] = node.size();
        t.mtimeSeconds[row] = node.mtime;
        t.mtimeNanos[row] = node.mtimeNanos;
        t.ctimeSeconds[row] = node.ctime;
        t.ctimeNanos[row] = 0;
        t.inode[row] = node.inode;
        t.device[row] = node.device;
        t.specialDevice[row] = node.special;
        t.blocks[row] = node.blocks();
    }

    static FakeNode child(FakeNode directory, byte[] name, RawPath path) throws NoSuchFileException {
        FakeNode node = directory.children.get(name);
        if (node == null) {
            throw new NoSuchFileException(path.child(name).toString());
        }
        return node;
    }
}
