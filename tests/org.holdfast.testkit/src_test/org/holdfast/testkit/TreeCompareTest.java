package org.holdfast.testkit;

import static org.holdfast.testkit.Posix.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

import org.holdfast.testkit.Posix.Directory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two trees that are made the same show no difference, and every single change shows exactly one. */
class TreeCompareTest {
    @AutoClose
    private final TempTree base = new TempTree();

    private interface Change {
        void apply(Directory directory) throws IOException;
    }

    @BeforeEach
    void onlyOnLinux() {
        assumeTrue(TempTree.isLinux());
    }

    @Test
    void tortureTreesAreEqual() throws IOException {
        TortureTree.create(base.resolve("a"));
        TortureTree.create(base.resolve("b"));
        assertEquals(List.of(), TreeCompare.differences(base.resolve("a"), base.resolve("b")));
    }

    @Test
    void deletesWhatNothingElseCan() throws IOException {
        TortureTree.create(base.resolve("a"));
        TortureTree.delete(base.resolve("a"));
        TortureTree.delete(base.resolve("a"));
        try (var files = Files.list(base.path())) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void statAgreesWithTheJavaLibrary() throws IOException {
        Path file = Files.writeString(base.resolve("file"), "content");
        var expected = Files.readAttributes(file, "unix:mode,ino,nlink,uid,gid,size");
        try (var directory = Directory.open(base.path())) {
            var stat = directory.stat(bytes("file"));
            assertEquals(expected.get("mode"), stat.mode());
            assertEquals(expected.get("ino"), stat.inode());
            assertEquals(expected.get("nlink"), stat.links());
            assertEquals(expected.get("uid"), stat.uid());
            assertEquals(expected.get("gid"), stat.gid());
            assertEquals(expected.get("size"), stat.size());
        }
    }

    @Test
    void missingAndAdditionalEntries() throws IOException {
        check(d -> d.unlink(bytes("link"), false), "link: is missing");
        check(d -> write(d, "new", "x"), "new: should not be there");
    }

    @Test
    void type() throws IOException {
        check(d -> {
            d.unlink(bytes("link"), false);
            d.node(bytes("link"), Posix.S_IFIFO | 0600, 0, 0);
        }, "link: type is 10000 instead of 120000");
    }

    @Test
    void contentAndSize() throws IOException {
        check(d -> overwrite(d, "file", 3, "X"), "file: content differs at byte 3");
        check(d -> overwrite(d, "file", 7, "X"), "file: size is 8 instead of 7");
        check(d -> overwrite(d, "sub/deeper", 0, "X"), "sub/deeper: content differs at byte 0");
    }

    @Test
    void modeAndTime() throws IOException {
        check(d -> d.mode(bytes("file"), 04644), "file: mode is 104644 instead of 100644");
        check(d -> d.time(bytes("file"), 5, 6), "file: modification time is 5.000000006 instead of 1.000000001");
        check(d -> d.time(bytes("link"), 5, 6), "link: modification time is 5.000000006 instead of 1.000000001");
        check(d -> d.time(bytes("sub"), -5, 6), "sub: modification time is -5.000000006 instead of 1.000000001");
        check(d -> d.mode(bytes("."), 0711), ".: mode is 40711 instead of 40700");
    }

    @Test
    void linkTarget() throws IOException {
        check(d -> {
            d.unlink(bytes("link"), false);
            d.symlink(bytes("link"), new byte[] { (byte) 0xff });
            d.time(bytes("link"), 1, 1);
        }, "link: target is \\xff instead of target");
    }

    @Test
    void attributes() throws IOException {
        check(d -> d.setAttribute(bytes("file"), "user.a", bytes("b")),
                "file: attribute user.a is 62 instead of missing");
        check(d -> d.setAttribute(bytes("sub"), "user.sub", bytes("")),
                "sub: attribute user.sub is  instead of 31");
    }

    @Test
    void owner() throws IOException {
        assumeTrue(Posix.isRoot());
        check(d -> d.owner(bytes("link"), 7, 8), "link: owner is 7:8 instead of 0:0");
    }

    @Test
    void devices() throws IOException {
        assumeTrue(Posix.isRoot());
        Change make = d -> d.node(bytes("device"), Posix.S_IFCHR | 0600, 1, 3);
        check(make, d -> {
            d.unlink(bytes("device"), false);
            d.node(bytes("device"), Posix.S_IFCHR | 0600, 1, 70_000);
            d.time(bytes("device"), 1, 1);
        }, "device: device is 1:70000 instead of 1:3");
    }

    @Test
    void holes() throws IOException {
        check(d -> overwrite(d, "sparse", 0, "\0".repeat(8192)), "sparse: data instead of a hole at 0-8192");
        check(d -> sparse(d, "sparse", 0), "sparse: a hole instead of data at 65536-131072");
    }

    @Test
    void hardLinks() throws IOException {
        check(d -> {
            d.unlink(bytes("hard"), false);
            write(d, "hard", "linked");
            d.time(bytes("hard"), 1, 1);
        }, "not hard links of each other any more: [hard, hard too]");
        check(d -> {
            d.unlink(bytes("same"), false);
            d.link(bytes("same"), d, bytes("hard"));
        }, "not hard links of each other any more: [hard, hard too]",
                "hard links of each other now: [hard, hard too, same]");
        check(d -> {
            d.unlink(bytes("hard"), false);
            d.link(bytes("hard"), d, bytes("hard too"));
        });
    }

    private void check(Change change, String... expected) throws IOException {
        check(d -> {
            // nothing more to make
        }, change, expected);
    }

    private void check(Change makeMore, Change change, String... expected) throws IOException {
        for (String name : List.of("a", "b")) {
            TortureTree.delete(base.resolve(name));
            make(base.resolve(name), makeMore);
        }
        assertEquals(List.of(), TreeCompare.differences(base.resolve("a"), base.resolve("b")));
        try (var b = Directory.open(base.resolve("b"))) {
            change.apply(b);
            for (String name : List.of("file", "sparse", "sub", ".")) {
                if (b.stat(bytes(name)).mtimeSeconds() > 1_000_000) { // what the change touched on the way
                    b.time(bytes(name), 1, 1);
                }
            }
            try (var sub = b.directory(bytes("sub"))) {
                sub.time(bytes("deeper"), 1, 1);
            }
        }
        assertEquals(List.of(expected), TreeCompare.differences(base.resolve("a"), base.resolve("b")));
    }

    private static void make(Path place, Change more) throws IOException {
        Files.createDirectory(place);
        try (var d = Directory.open(place)) {
            write(d, "file", "content");
            d.mode(bytes("file"), 0644);
            write(d, "hard", "linked");
            write(d, "same", "linked");
            d.link(bytes("hard too"), d, bytes("hard"));
            d.symlink(bytes("link"), bytes("target"));
            sparse(d, "sparse", 65536);
            try (var sub = d.make(bytes("sub"))) {
                write(sub, "deeper", "content");
            }
            d.setAttribute(bytes("sub"), "user.sub", bytes("1"));
            more.apply(d);
            d.mode(bytes("."), 0700);
            for (byte[] name : d.names()) {
                d.time(name, 1, 1);
            }
            try (var sub = d.directory(bytes("sub"))) {
                sub.time(bytes("deeper"), 1, 1);
            }
            d.time(bytes("."), 1, 1);
        }
    }

    private static void write(Directory d, String name, String content) throws IOException {
        int fd = d.create(bytes(name));
        Posix.write(fd, 0, bytes(content));
        Posix.closeFd(fd);
    }

    private static void sparse(Directory d, String name, int data) throws IOException {
        if (d.names().stream().anyMatch(n -> Arrays.equals(n, bytes(name)))) {
            d.unlink(bytes(name), false);
        }
        int fd = d.create(bytes(name));
        Posix.truncate(fd, 131_072);
        if (data > 0) {
            Posix.write(fd, 131_072 - data, new byte[data]);
        }
        Posix.closeFd(fd);
    }

    private void overwrite(Directory d, String name, long position, String content) throws IOException {
        try (var channel = FileChannel.open(base.resolve("b").resolve(name),
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes(content)), position);
        }
    }
}
