package org.holdfast.engine.internal.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.holdfast.api.RawPath;

/**
 * A file system in memory. Every change moves its clock on by a second, so that changes show in times as they do on a
 * real one. Thread-safe.
 */
public final class FakeTree {
    private static final long START = 1_700_000_000L;

    private long now = START;
    private long inodes = 1;
    private final FakeNode root = node(FakeNode.DIRECTORY | 0755);

    FakeNode node(int mode) {
        return new FakeNode(inodes++, mode, now);
    }

    FakeNode root() {
        return root;
    }

    private void changed(FakeNode node) {
        now++;
        node.mtime = now;
        node.ctime = now;
    }

    synchronized FakeNode find(RawPath path) throws IOException {
        FakeNode node = root;
        for (byte[] name : path.segments()) {
            if (node.type() != FakeNode.DIRECTORY) {
                throw new NotDirectoryException(path.toString());
            }
            node = node.children.get(name);
            if (node == null) {
                throw new NoSuchFileException(path.toString());
            }
        }
        return node;
    }

    private FakeNode at(String path) {
        return at(RawPath.of(path));
    }

    private FakeNode at(RawPath path) {
        try {
            return find(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a directory with its missing parents. */
    public synchronized FakeTree directory(String path) {
        parent(RawPath.of(path).child("x"));
        return this;
    }

    private FakeNode parent(RawPath path) {
        FakeNode node = root;
        for (byte[] name : path.parent().segments()) {
            FakeNode below = node.children.get(name);
            if (below == null) {
                below = node(FakeNode.DIRECTORY | 0755);
                node.children.put(name, below);
                changed(node);
            }
            node = below;
        }
        return node;
    }

    private FakeNode put(RawPath path, int mode) {
        FakeNode parent = parent(path);
        FakeNode node = parent.children.get(path.name());
        if (node == null || node.type() != (mode & FakeNode.TYPE)) {
            node = node(mode);
            parent.children.put(path.name(), node);
            changed(parent);
        }
        changed(node);
        return node;
    }

    /** Writes a file, a new one or an existing one. */
    public FakeTree file(String path, byte[] data) {
        return file(RawPath.of(path), data);
    }

    /** Writes a file whose name may be no text. */
    public synchronized FakeTree file(RawPath path, byte[] data) {
        FakeNode node = put(path, FakeNode.REGULAR | 0644);
        node.data = data;
        node.holes = new long[0];
        return this;
    }

    /** Writes a file of random bytes. */
    public FakeTree random(String path, int size, long seed) {
        return file(path, bytes(size, seed));
    }

    /** Random bytes, the same for the same seed. */
    public static byte[] bytes(int size, long seed) {
        var data = new byte[size];
        new Random(seed).nextBytes(data);
        return data;
    }

    /** Makes holes in a file; what is in them becomes zero. */
    public synchronized FakeTree holes(String path, long... ranges) {
        FakeNode node = at(path);
        for (int i = 0; i < ranges.length; i += 2) {
            Arrays.fill(node.data, (int) ranges[i], (int) ranges[i + 1], (byte) 0);
        }
        node.holes = ranges;
        changed(node);
        return this;
    }

    /** Makes a symbolic link. */
    public synchronized FakeTree link(String path, String target) {
        put(RawPath.of(path), FakeNode.LINK | 0777).target = target.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Gives a file another name. */
    public synchronized FakeTree hardLink(String path, String existing) {
        FakeNode node = at(existing);
        FakeNode parent = parent(RawPath.of(path));
        parent.children.put(RawPath.of(path).name(), node);
        changed(parent);
        node.links++;
        node.ctime = ++now;
        return this;
    }

    /** Makes a fifo, socket or device. */
    public synchronized FakeTree special(String path, int mode, long device) {
        put(RawPath.of(path), mode).special = device;
        return this;
    }

    /** Removes an entry with all below it. */
    public synchronized FakeTree remove(String path) {
        RawPath p = RawPath.of(path);
        FakeNode parent = at(p.parent());
        FakeNode gone = parent.children.remove(p.name());
        gone.links--;
        gone.ctime = ++now;
        changed(parent);
        return this;
    }

    /** Renames an entry. */
    public synchronized FakeTree rename(String from, String to) {
        RawPath p = RawPath.of(from);
        FakeNode node = at(p.parent()).children.remove(p.name());
        changed(at(p.parent()));
        FakeNode parent = parent(RawPath.of(to));
        parent.children.put(RawPath.of(to).name(), node);
        changed(parent);
        node.ctime = ++now;
        return this;
    }

    /** Sets permission bits. */
    public synchronized FakeTree mode(String path, int bits) {
        FakeNode node = at(path);
        node.mode = node.type() | bits;
        node.ctime = ++now;
        return this;
    }

    /** Sets owners. */
    public synchronized FakeTree owner(String path, int uid, int gid) {
        FakeNode node = at(path);
        node.uid = uid;
        node.gid = gid;
        node.ctime = ++now;
        return this;
    }

    /** Sets the modification time as a program can; the system sets the change time. */
    public synchronized FakeTree modified(String path, long seconds, int nanos) {
        FakeNode node = at(path);
        node.mtime = seconds;
        node.mtimeNanos = nanos;
        node.ctime = ++now;
        return this;
    }

    /** Sets an extended attribute. */
    public synchronized FakeTree attribute(String path, String name, byte[] value) {
        FakeNode node = at(path);
        node.attributes.put(name, value);
        node.ctime = ++now;
        return this;
    }

    /** Puts an entry, with all below it, on another file system. */
    public synchronized FakeTree device(String path, long device) {
        FakeNode node = at(path);
        node.device = device;
        node.children.values().forEach(below -> below.device = device);
        return this;
    }

    /** Changes content in a way that only {@code what} of the metadata shows. */
    public synchronized FakeTree sneak(String path, byte[] data, boolean touchChangeTime, boolean newInode) {
        RawPath p = RawPath.of(path);
        FakeNode old = at(p);
        FakeNode node = old;
        if (newInode) {
            node = node(old.mode);
            node.uid = old.uid;
            node.gid = old.gid;
            node.mtime = old.mtime;
            node.mtimeNanos = old.mtimeNanos;
            node.ctime = old.ctime;
            at(p.parent()).children.put(p.name(), node);
        }
        node.data = data;
        if (touchChangeTime) {
            node.ctime = ++now;
        }
        return this;
    }

    /** Content of a file. */
    public synchronized byte[] data(String path) {
        return at(path).data.clone();
    }

    /** Whether there is an entry. */
    public synchronized boolean exists(String path) {
        try {
            find(RawPath.of(path));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@link #describe(RawPath)}. */
    public SortedMap<String, String> describe(String path) {
        return describe(at(path));
    }

    /**
     * Everything below a path that a restore has to bring back: one line for each entry, by its path relative to it.
     */
    public SortedMap<String, String> describe(RawPath path) {
        return describe(at(path));
    }

    private synchronized SortedMap<String, String> describe(FakeNode top) {
        var lines = new TreeMap<String, String>();
        var first = new HashMap<Long, String>();
        walk(top, (name, node) -> first.merge(node.inode, name, (a, b) -> a.compareTo(b) < 0 ? a : b));
        walk(top, (name, node) -> {
            String other = first.get(node.inode);
            lines.put(name, line(node) + (other.equals(name) ? "" : " same as " + other));
        });
        return lines;
    }

    /** Without recursion, because trees may be deep. */
    private static void walk(FakeNode top, BiConsumer<String, FakeNode> visitor) {
        record Open(String prefix, FakeNode node) {
        }
        var open = new ArrayDeque<Open>();
        open.push(new Open("", top));
        while (!open.isEmpty()) {
            Open directory = open.pop();
            directory.node().children.forEach((bytes, node) -> {
                String name = directory.prefix() + RawPath.displayOf(bytes);
                visitor.accept(name, node);
                if (node.type() == FakeNode.DIRECTORY) {
                    open.push(new Open(name + "/", node));
                }
            });
        }
    }

    private static String line(FakeNode node) {
        var text = new StringBuilder("%06o %d:%d %d.%09d".formatted(node.mode, node.uid, node.gid, node.mtime,
                node.mtimeNanos));
        switch (node.type()) {
            case FakeNode.REGULAR -> text.append(' ').append(node.data.length).append(' ').append(sha256(node.data));
            case FakeNode.LINK -> text.append(" -> ").append(RawPath.displayOf(node.target));
            case FakeNode.CHARACTER, FakeNode.BLOCK -> text.append(" device ").append(node.special);
            default -> text.append("");
        }
        node.attributes.forEach((name, value) -> text.append(' ').append(name).append('=')
                .append(HexFormat.of().formatHex(value)));
        return text.toString();
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
