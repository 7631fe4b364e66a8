package org.holdfast.testkit;

import static org.holdfast.testkit.Posix.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.holdfast.testkit.Posix.Directory;

/**
 * A tree with everything a Linux file system can hold that backup programs are known to lose: names that are no
 * text, paths no call takes at once, times far away, all types of entries, links of all kinds, holes, attributes,
 * owners nobody knows. The same content every time. What this process or file system cannot make is left out and
 * listed; as root on ext4 nothing is.
 */
public final class TortureTree {
    private static final long SECONDS_1965 = -157_766_400L;
    private static final long SECONDS_AFTER_2106 = 4_294_967_296L;
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final Random random = new Random(20260);
    private int entries;
    private final List<String> leftOut = new ArrayList<>();

    private TortureTree() {
    }

    /**
     * Makes the tree.
     *
     * @param directory is made with its missing parents; must not exist or be empty
     * @return what had to be left out, empty when nothing was
     */
    public static List<String> create(Path directory) throws IOException {
        Files.createDirectories(directory);
        var tree = new TortureTree();
        try (var root = Directory.open(directory)) {
            tree.contents(root);
            tree.names(root);
            tree.deep(root);
            tree.modes(root);
            tree.owners(root);
            tree.attributes(root);
            tree.links(root);
            tree.symbolicLinks(root);
            tree.holes(root);
            tree.specialFiles(root);
            tree.settle(root);
            tree.times(root);
        }
        try (var parent = Directory.open(directory.toAbsolutePath().getParent())) {
            parent.time(bytes(directory.getFileName().toString()), 1_234_567_890L, 123_456_789);
        }
        return List.copyOf(tree.leftOut);
    }

    /** Removes a tree, whatever is in it and however deep it is; a missing one is no error. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path absolute = directory.toAbsolutePath();
        if (directory.toString().isEmpty() || absolute.getNameCount() < 2) {
            throw new IllegalArgumentException("will not remove " + absolute);
        }
        try (var parent = Directory.open(absolute.getParent())) {
            delete(parent, bytes(absolute.getFileName().toString()));
        }
    }

    private static void delete(Directory parent, byte[] name) throws IOException {
        boolean isDirectory = parent.stat(name).type() == Posix.S_IFDIR;
        if (isDirectory) {
            parent.mode(name, 0700);
            try (var directory = parent.directory(name)) {
                for (byte[] child : directory.names()) {
                    delete(directory, child);
                }
            }
        }
        parent.unlink(name, isDirectory);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void where(String what, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            leftOut.add(what + ": " + e.getMessage());
        }
    }

    private byte[] data(int length) {
        var data = new byte[length];
        random.nextBytes(data);
        return data;
    }

    private void file(Directory in, byte[] name, byte[] content) throws IOException {
        int fd = in.create(name);
        Posix.write(fd, 0, content);
        Posix.closeFd(fd);
    }

    private void file(Directory in, String name) throws IOException {
        file(in, bytes(name), bytes("content of " + name));
    }

    private static byte[] raw(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void contents(Directory root) throws IOException {
        try (var in = root.make(bytes("contents"))) {
            for (int size : new int[] { 0, 1, 2, 511, 512, 4095, 4096, 4097, 65535, 65536, 65537, MIB, 5 * MIB + 3 }) {
                file(in, bytes("random-" + size), data(size));
            }
            file(in, bytes("text"), bytes("the same line again and again\n".repeat(20_000)));
            file(in, bytes("same-1"), bytes("the same in two files".repeat(9000)));
            file(in, bytes("same-2"), bytes("the same in two files".repeat(9000)));
            in.make(bytes("empty directory")).close();
            try (var many = in.make(bytes("many"))) {
                for (int i = 0; i < 500; i++) {
                    file(many, "file " + i);
                }
            }
        }
    }

    private void names(Directory root) throws IOException {
        try (var in = root.make(bytes("names"))) {
            for (String name : new String[] { " ", "-rf", "...", "..a", "tab\tand\nnewline", "back\\slash", "trailing ",
                    "trailing.", "*?[a-z]{}", "'\"`$(x);&|", "\u0001\u007f", "CON", "a:b", "~", "#", "%41", "Case",
                    "case" }) {
                file(in, name);
            }
            file(in, "caf\u00e9");
            file(in, "cafe\u0301");
            file(in, "\u65e5\u672c\u8a9e \ud83d\ude00");
            file(in, raw("bad-\u00ff\u00fe"), bytes("not UTF-8"));
            file(in, raw("\u00e9t\u00e9 in Latin-1"), bytes("not UTF-8 either"));
            file(in, raw("\u00ed\u00a0\u0080"), bytes("a surrogate in UTF-8"));
            file(in, raw("\u0080"), bytes("a lone continuation"));
            file(in, bytes("n".repeat(255)), bytes("longest name"));
            file(in, raw("\u00e9".repeat(255)), bytes("longest name, not UTF-8"));
            try (var bad = in.make(raw("directory-\u00c3("))) {
                file(bad, raw("\u00c0\u00af"), bytes("overlong slash"));
            }
            in.symlink(raw("link-\u00ff"), raw("target-\u00fe/\u0080"));
        }
    }

    private void deep(Directory root) throws IOException {
        Directory in = root.make(bytes("deep"));
        for (int level = 0; level < 40; level++) {
            Directory next = in.make(bytes(String.format("%02d-%s", level, "deep".repeat(60))));
            in.close();
            in = next;
        }
        file(in, "at the bottom");
        in.symlink(bytes("link at the bottom"), bytes("at the bottom"));
        where("attribute at the bottom", new AttributeStep(in, bytes("at the bottom"), "user.deep", bytes("down")));
        in.close();
    }

    private record AttributeStep(Directory in, byte[] name, String attribute, byte[] value) implements Step {
        @Override
        public void run() throws IOException {
            in.setAttribute(name, attribute, value);
        }
    }

    private void modes(Directory root) throws IOException {
        try (var in = root.make(bytes("modes"))) {
            for (int mode : new int[] { 0, 0111, 0400, 0444, 0600, 0640, 0777, 01644, 02755, 02644, 04755, 06755,
                    07777 }) {
                if (Posix.isRoot() || (mode & 0400) != 0) {
                    byte[] name = bytes("file-" + Integer.toOctalString(mode));
                    file(in, name, bytes("mode"));
                    in.mode(name, mode);
                }
                if (Posix.isRoot() || (mode & 0500) == 0500) {
                    byte[] name = bytes("directory-" + Integer.toOctalString(mode));
                    try (var directory = in.make(name)) {
                        file(directory, "inside");
                    }
                    in.mode(name, mode);
                }
            }
        }
        if (!Posix.isRoot()) {
            leftOut.add("files and directories that their owner may not read: not root");
        }
    }

    private void owners(Directory root) throws IOException {
        if (!Posix.isRoot()) {
            leftOut.add("owners: not root");
            return;
        }
        try (var in = root.make(bytes("owners"))) {
            file(in, "unknown");
            in.owner(bytes("unknown"), 54321, 54322);
            file(in, "very large");
            in.owner(bytes("very large"), (int) 3_000_000_000L, (int) 4_294_967_294L);
            in.symlink(bytes("link"), bytes("unknown"));
            in.owner(bytes("link"), 54323, 54324);
            in.make(bytes("directory")).close();
            in.owner(bytes("directory"), 1, 1);
            in.node(bytes("fifo"), Posix.S_IFIFO | 0600, 0, 0);
            in.owner(bytes("fifo"), 2, 2);
            file(in, "set-user-id of another");
            in.owner(bytes("set-user-id of another"), 65534, 65534);
            in.mode(bytes("set-user-id of another"), 06755);
        }
    }

    private void attributes(Directory root) throws IOException {
        try (var in = root.make(bytes("attributes"))) {
            for (String name : new String[] { "file", "many", "large", "acl", "capable", "trusted" }) {
                file(in, name);
            }
            in.make(bytes("directory")).close();
            in.make(bytes("acl directory")).close();
            in.symlink(bytes("link"), bytes("file"));
            attribute(in, "file", "user.text", bytes("value"));
            attribute(in, "file", "user.empty", new byte[0]);
            attribute(in, "file", "user.binary", new byte[] { 0, 1, (byte) 0xff, 0 });
            attribute(in, "file", "user.n\u00e4me", bytes("name beyond ASCII"));
            attribute(in, "directory", "user.text", bytes("of a directory"));
            for (int i = 0; i < 40; i++) {
                attribute(in, "many", "user." + "x".repeat(i) + i, bytes("value " + i));
            }
            attribute(in, "large", "user.large", data(3000));
            attribute(in, "acl", "system.posix_acl_access", acl(6, 4, 5, 5, 4));
            in.make(bytes("default acl directory")).close();
            attribute(in, "acl directory", "system.posix_acl_access", acl(7, 5, 5, 7, 0));
            attribute(in, "default acl directory", "system.posix_acl_default", acl(7, 6, 0, 7, 1));
            if (Posix.isRoot()) {
                attribute(in, "capable", "security.capability", capability());
                attribute(in, "trusted", "trusted.holdfast", bytes("trusted"));
                attribute(in, "trusted", "security.holdfast", bytes("secure"));
                attribute(in, "directory", "trusted.holdfast", bytes("trusted"));
                attribute(in, "link", "trusted.holdfast", bytes("of the link itself"));
            } else {
                leftOut.add("capabilities, trusted and security attributes: not root");
            }
        }
    }

    private void attribute(Directory in, String name, String attribute, byte[] value) {
        where(attribute + " on " + name, new AttributeStep(in, bytes(name), attribute, value));
    }

    /** An ACL as the kernel keeps it (include/uapi/linux/posix_acl_xattr.h): owner, user 1234, group, mask, other. */
    private static byte[] acl(int owner, int user, int group, int mask, int other) {
        var acl = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        int[][] entries = { { 1, owner, -1 }, { 2, user, 1234 }, { 4, group, -1 }, { 16, mask, -1 },
                { 32, other, -1 } };
        for (int[] entry : entries) {
            acl.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return acl.array();
    }

    /** CAP_NET_RAW permitted and effective, revision 2 (include/uapi/linux/capability.h). */
    private static byte[] capability() {
        return ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putInt(0x02000001).putInt(1 << 13).array();
    }

    private void links(Directory root) throws IOException {
        try (var in = root.make(bytes("links")); var other = root.make(bytes("links in another directory"))) {
            file(in, "first");
            in.link(bytes("second"), in, bytes("first"));
            other.link(bytes("third"), in, bytes("first"));
            file(other, bytes("large"), data(300 * KIB));
            in.link(bytes("large as well"), other, bytes("large"));
            in.symlink(bytes("symbolic"), bytes("nowhere"));
            other.link(bytes("symbolic again"), in, bytes("symbolic"));
            in.node(bytes("fifo"), Posix.S_IFIFO | 0644, 0, 0);
            other.link(bytes("fifo again"), in, bytes("fifo"));
            if (Posix.isRoot()) {
                in.node(bytes("device"), Posix.S_IFCHR | 0600, 1, 7);
                other.link(bytes("device again"), in, bytes("device"));
            }
            file(in, bytes("empty"), new byte[0]);
            other.link(bytes("empty again"), in, bytes("empty"));
        }
    }

    private void symbolicLinks(Directory root) throws IOException {
        try (var in = root.make(bytes("symbolic links"))) {
            in.symlink(bytes("dangling"), bytes("nothing here"));
            in.symlink(bytes("absolute"), bytes("/etc/passwd"));
            in.symlink(bytes("outside"), bytes("../../../../.."));
            in.symlink(bytes("to itself"), bytes("to itself"));
            in.symlink(bytes("to a directory"), bytes("../names"));
            in.symlink(bytes("slashes"), bytes("..//names///x/"));
            in.symlink(bytes("root"), bytes("/"));
            byte[] longest = new byte[4095];
            Arrays.fill(longest, (byte) 't');
            in.symlink(bytes("longest target"), longest);
        }
    }

    private void holes(Directory root) throws IOException {
        try (var in = root.make(bytes("holes"))) {
            sparse(in, "leading", 2 * MIB, new long[] { MIB }, MIB);
            sparse(in, "trailing", 2 * MIB, new long[] { 0 }, MIB);
            sparse(in, "middle", 3 * MIB, new long[] { 0, 2 * MIB }, MIB);
            sparse(in, "many", 4 * MIB, new long[] { 0, 128 * KIB, 512 * KIB, MIB, 3 * MIB }, 4 * KIB);
            sparse(in, "all", 1024L * MIB, new long[0], 0);
            sparse(in, "small all", 5000, new long[0], 0);
            sparse(in, "small trailing", 100_000, new long[] { 0 }, 10);
            sparse(in, "odd end", 3 * MIB + 123, new long[] { 2 * MIB }, 4096);
            file(in, bytes("zeros that are no hole"), new byte[300 * KIB]);
        }
    }

    private void sparse(Directory in, String name, long size, long[] data, int length) throws IOException {
        int fd = in.create(bytes(name));
        Posix.truncate(fd, size);
        for (long position : data) {
            Posix.write(fd, position, data(length));
        }
        Posix.closeFd(fd);
    }

    private void specialFiles(Directory root) throws IOException {
        try (var in = root.make(bytes("special"))) {
            in.node(bytes("fifo"), Posix.S_IFIFO | 0640, 0, 0);
            in.node(bytes("socket"), Posix.S_IFSOCK | 0600, 0, 0);
            if (Posix.isRoot()) {
                where("devices", () -> {
                    in.node(bytes("null"), Posix.S_IFCHR | 0666, 1, 3);
                    in.node(bytes("block"), Posix.S_IFBLK | 0660, 7, 200);
                    in.node(bytes("large numbers"), Posix.S_IFCHR | 0600, 3000, 70_000);
                    in.node(bytes("zero"), Posix.S_IFCHR | 0600, 0, 0); // overlay file systems' mark of a deletion
                    in.mode(bytes("null"), 0666);
                });
            } else {
                leftOut.add("devices: not root");
            }
            in.mode(bytes("fifo"), 0644);
        }
    }

    /** Gives all entries times that do not depend on when the tree was made. */
    private void settle(Directory directory) throws IOException {
        for (byte[] name : directory.names()) {
            if (directory.stat(name).type() == Posix.S_IFDIR) {
                int mode = directory.stat(name).mode() & 07777;
                directory.mode(name, 0700); // to get into it without being root
                try (var child = directory.directory(name)) {
                    settle(child);
                }
                directory.mode(name, mode);
            }
            entries++;
            directory.time(name, 1_600_000_000L + entries, (int) (entries * 7_654_321L % 1_000_000_000));
        }
    }

    private void times(Directory root) throws IOException {
        long[][] times = { { SECONDS_1965, 123_456_789 }, { -1, 999_999_999 }, { 0, 0 }, { 0, 1 },
                { 1_000_000_000, 500 }, { Integer.MAX_VALUE + 1L, 1 }, { SECONDS_AFTER_2106, 1 },
                { 7_258_118_400L, 987_654_321 } };
        try (var in = root.make(bytes("times"))) {
            for (long[] time : times) {
                String suffix = " " + time[0] + "." + time[1];
                file(in, "file" + suffix);
                in.symlink(bytes("link" + suffix), bytes("file" + suffix));
                try (var directory = in.make(bytes("directory" + suffix))) {
                    file(directory, "inside");
                    directory.time(bytes("inside"), 1, 2);
                }
                in.node(bytes("fifo" + suffix), Posix.S_IFIFO | 0600, 0, 0);
                for (String type : new String[] { "file", "link", "directory", "fifo" }) {
                    in.time(bytes(type + suffix), time[0], (int) time[1]);
                }
            }
        }
        root.time(bytes("times"), SECONDS_1965, 1);
        root.time(bytes("holes"), SECONDS_AFTER_2106, 2);
    }
}
