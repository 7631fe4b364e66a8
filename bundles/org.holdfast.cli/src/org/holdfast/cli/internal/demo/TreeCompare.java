package org.holdfast.cli.internal.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.holdfast.api.CancelToken;

/**
 * Compares two trees in everything the JDK can see: names as bytes, types, content, modes, owners, times to the
 * nanosecond, targets of symbolic links, which names are hard links of one another, device numbers and user extended
 * attributes. It shares no code with the engine, so that it cannot share its mistakes.
 */
final class TreeCompare {
    /** Differences kept as text; all are counted. */
    private static final int MAX_TOLD = 50;
    private static final String UNIX = "unix:mode,uid,gid,rdev,nlink,dev,ino";

    private final Path left;
    private final Path right;
    private final boolean owners;
    private final Predicate<Path> excused;
    private final CancelToken cancel;
    private final boolean unix;
    private final List<String> told = new ArrayList<>();
    private final Map<Object, Path> leftLinks = new HashMap<>();
    private final Map<Object, Path> rightLinks = new HashMap<>();
    private long differences;
    private long files;
    private long directories;
    private long bytes;
    private long skipped;

    /**
     * @param left the original
     * @param right what should be the same
     * @param owners whether owners must be the same too, which needs the right to set them
     * @param excused paths of the original that are known to differ, counted but not compared
     * @param cancel ends the comparison early
     */
    TreeCompare(Path left, Path right, boolean owners, Predicate<Path> excused, CancelToken cancel) {
        this.left = left;
        this.right = right;
        this.owners = owners;
        this.excused = excused;
        this.cancel = cancel;
        unix = left.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Compares; call once. */
    TreeCompare run() throws IOException {
        compare(left, right);
        return this;
    }

    boolean same() {
        return differences == 0;
    }

    long differences() {
        return differences;
    }

    /** The first differences, in words. */
    List<String> told() {
        return told;
    }

    long files() {
        return files;
    }

    long directories() {
        return directories;
    }

    long bytes() {
        return bytes;
    }

    /** Entries that were excused. */
    long skipped() {
        return skipped;
    }

    private void compare(Path a, Path b) throws IOException {
        cancel.check();
        if (excused.test(a)) {
            skipped++;
            return;
        }
        if (!Files.exists(b, LinkOption.NOFOLLOW_LINKS)) {
            differ(a, "is missing");
            return;
        }
        var x = attributes(a);
        var y = attributes(b);
        if (!kind(x).equals(kind(y))) {
            differ(a, "is a " + kind(x) + " but came back as a " + kind(y));
            return;
        }
        properties(a, b, x, y);
        if (x.isDirectory()) {
            directories++;
            children(a, b);
            return;
        }
        files++;
        if (x.isSymbolicLink()) {
            expect(a, "target of the link", Files.readSymbolicLink(a), Files.readSymbolicLink(b));
        } else if (x.isRegularFile()) {
            content(a, b, x, y);
        }
    }

    private void children(Path a, Path b) throws IOException {
        var theirs = names(b);
        for (var child : names(a).entrySet()) {
            theirs.remove(child.getKey());
            compare(child.getValue(), b.resolve(child.getKey()));
        }
        for (var extra : theirs.values()) {
            if (!excused.test(left.resolve(right.relativize(extra)))) {
                differ(extra, "was not in the original");
            }
        }
    }

    /** Children by name; paths of the default file system compare by their bytes. */
    private static Map<Path, Path> names(Path directory) throws IOException {
        var result = new TreeMap<Path, Path>();
        try (var entries = Files.newDirectoryStream(directory)) {
            for (var entry : entries) {
                result.put(entry.getFileName(), entry);
            }
        }
        return result;
    }

    private void content(Path a, Path b, BasicFileAttributes x, BasicFileAttributes y) throws IOException {
        if (x.size() != y.size()) {
            differ(a, "has " + x.size() + " bytes but came back with " + y.size());
            return;
        }
        long at = Files.mismatch(a, b);
        if (at >= 0) {
            differ(a, "has other content from byte " + at + " on");
        }
        bytes += x.size();
    }

    private void properties(Path a, Path b, BasicFileAttributes x, BasicFileAttributes y) throws IOException {
        expect(a, "modification time", x.lastModifiedTime(), y.lastModifiedTime());
        if (unix) {
            var p = Files.readAttributes(a, UNIX, LinkOption.NOFOLLOW_LINKS);
            var q = Files.readAttributes(b, UNIX, LinkOption.NOFOLLOW_LINKS);
            expect(a, "mode", octal(p.get("mode")), octal(q.get("mode")));
            if (owners) {
                expect(a, "owner", p.get("uid"), q.get("uid"));
                expect(a, "group", p.get("gid"), q.get("gid"));
            }
            if (x.isOther()) {
                expect(a, "device number", p.get("rdev"), q.get("rdev"));
            }
            if (!x.isDirectory()) {
                hardLinks(a, b, p, q);
            }
        }
        if (x.isDirectory() || x.isRegularFile()) {
            expect(a, "set of extended attributes", userAttributes(a), userAttributes(b));
        }
    }

    /** Names that share a file in one tree must share one in the other; each is held against its first. */
    private void hardLinks(Path a, Path b, Map<String, Object> p, Map<String, Object> q) {
        var firstLeft = first(leftLinks, left, a, p);
        var firstRight = first(rightLinks, right, b, q);
        if (!Objects.equals(firstLeft, firstRight)) {
            differ(a, "is " + linkText(firstLeft) + " but came back as " + linkText(firstRight));
        }
    }

    /** The first name seen of the file behind a name, or null when this is it. */
    private static Path first(Map<Object, Path> seen, Path root, Path path, Map<String, Object> attributes) {
        if (((Number) attributes.get("nlink")).intValue() <= 1) {
            return null;
        }
        return seen.putIfAbsent(List.of(attributes.get("dev"), attributes.get("ino")), root.relativize(path));
    }

    private static String linkText(Path first) {
        return first == null ? "a file of its own" : "a hard link of " + first;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String octal(Object mode) {
        return Integer.toOctalString(((Number) mode).intValue());
    }

    private static String kind(BasicFileAttributes attributes) {
        return attributes.isDirectory() ? "directory"
                : attributes.isSymbolicLink() ? "symbolic link"
                        : attributes.isRegularFile() ? "file" : "special file";
    }

    private static Map<String, ByteBuffer> userAttributes(Path path) throws IOException {
        var view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        var result = new TreeMap<String, ByteBuffer>();
        if (view == null) {
            return result;
        }
        List<String> names;
        try {
            names = view.list();
        } catch (IOException e) {
            return result; // the file system has none
        }
        for (var name : names) {
            var value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            result.put(name, value.flip());
        }
        return result;
    }

    private void expect(Path path, String what, Object original, Object restored) {
        if (!original.equals(restored)) {
            differ(path, "has another " + what + ": " + original + " became " + restored);
        }
    }

    private void differ(Path path, String how) {
        differences++;
        if (told.size() < MAX_TOLD) {
            told.add(path + " " + how);
        }
    }
}
