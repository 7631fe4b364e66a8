package org.holdfast.source.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.source.files.internal.linux.LinuxSource;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TortureTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** System calls on Linux. */
class LinuxSourceTest extends SourceContract {
    private static final int MANY = 200_000;
    private static final int LINKS = 50_000;

    @Override
    SourceProvider provider() {
        return new FilesSourceProvider();
    }

    @BeforeEach
    void onlyOnLinux() {
        assumeTrue(TempTree.isLinux());
    }

    private TempTree torture() throws IOException {
        TortureTree.create(temp.resolve("torture"));
        return temp;
    }

    private SourceDirectory torture(String below) throws IOException {
        return source.openDirectory(RawPath.of(torture().resolve("torture/" + below).toString()));
    }

    @Test
    void isWhatTheProviderGives() {
        assertInstanceOf(LinuxSource.class, source);
        assertEquals("files", provider().type());
    }

    @Test
    void namesAreBytes() throws IOException {
        try (var directory = torture("names")) {
            directory.list(names, cancel);
            byte[] bad = { 'b', 'a', 'd', '-', (byte) 0xff, (byte) 0xfe };
            int at = 0;
            while (names.compare(at, bad, 0, bad.length) < 0) {
                at++;
            }
            assertArrayEquals(bad, names.name(at));
            try (var file = directory.openFile(bad)) {
                var buffer = new byte[20];
                assertEquals("not UTF-8", new String(buffer, 0, file.read(0, buffer, 0, 20)));
            }
            assertArrayEquals(new byte[] { 't', 'a', 'r', 'g', 'e', 't', '-', (byte) 0xfe, '/', (byte) 0x80 },
                    directory.readLink(new byte[] { 'l', 'i', 'n', 'k', '-', (byte) 0xff }));
            var failure = assertThrows(FileSystemException.class, () -> directory.openDirectory(bad));
            assertTrue(failure.getMessage().contains("bad-\\xff\\xfe"), failure.getMessage());
        }
    }

    @Test
    void pathsMayBeLongerThanTheKernelTakes() throws IOException {
        torture();
        RawPath path = RawPath.of(temp.resolve("torture/deep").toString());
        for (int level = 0; level < 40; level++) {
            path = path.child(String.format("%02d-%s", level, "deep".repeat(60)));
        }
        assertTrue(path.bytes().length > 2 * 4096);
        try (var bottom = source.openDirectory(path); var file = bottom.openFile(name("at the bottom"))) {
            file.stat(stats);
            assertEquals(24, stats.size[0]);
            assertEquals(1, bottom.attributes(name("at the bottom"), 0100600).size());
        }
        RawPath missing = path.child("missing");
        assertThrows(NoSuchFileException.class, () -> source.openDirectory(missing));
        RawPath tooLong = path.child("x".repeat(9000)).child("y");
        assertThrows(FileSystemException.class, () -> source.openDirectory(tooLong));
    }

    @Test
    void specialFilesAreNeitherReadNorWaitedFor() throws IOException {
        try (var directory = torture("special")) {
            for (String name : List.of("fifo", "socket")) {
                var failure = assertThrows(FileSystemException.class, () -> directory.openFile(name(name)));
                assertEquals("not a regular file", failure.getReason());
                directory.stat(name(name), stats);
            }
            directory.list(names, cancel);
            if (names.count() > 2) {
                assertThrows(FileSystemException.class, () -> directory.openFile(name("null")));
                directory.stat(name("large numbers"), stats);
                assertEquals(3000L << 32 | 70_000, stats.specialDevice[0]);
                assertEquals(0020600, stats.mode[0]);
            }
        }
    }

    @Test
    void linksAreLoops() throws IOException {
        SourceDirectory root = root();
        assertThrows(FileSystemLoopException.class, () -> root.openFile(name("link to file")));
    }

    @Test
    void holesAreFound() throws IOException {
        try (var raw = new RandomAccessFile(temp.resolve("sparse").toFile(), "rw")) {
            raw.seek(1 << 20);
            raw.write(new byte[4096]);
            raw.setLength(3 << 20);
        }
        try (var file = root().openFile(name("sparse"))) {
            assertEquals(1 << 20, file.nextData(0));
            assertEquals((1 << 20) + 4096, file.nextHole(1 << 20));
            assertEquals(0, file.nextHole(0));
            assertEquals(-1, file.nextData(2 << 20));
            assertEquals(-1, file.nextData(9 << 20));
            assertEquals(9 << 20, file.nextHole(9 << 20));
            file.stat(stats);
            assertTrue(stats.blocks[0] < 100);
        }
    }

    @Test
    void accessTimesStay() throws IOException {
        Path file = temp.resolve("file");
        Path directory = temp.resolve("directory");
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        for (Path path : List.of(file, directory)) {
            Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(null, old, null);
        }
        SourceDirectory root = root();
        try (var opened = root.openFile(name("file")); var below = root.openDirectory(name("directory"))) {
            assertEquals(7, opened.read(0, new byte[10], 0, 10));
            below.list(names, cancel);
        }
        for (Path path : List.of(file, directory)) {
            assertEquals(old, Files.readAttributes(path, BasicFileAttributes.class).lastAccessTime());
        }
    }

    @Test
    void attributesOfEveryNameSpaceAndType() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")));
        try (var directory = torture("attributes")) {
            assertEquals(List.of("security.holdfast", "trusted.holdfast"), attributes(directory, "trusted"));
            assertEquals(List.of("security.capability"), attributes(directory, "capable"));
            assertEquals(List.of("system.posix_acl_access"), attributes(directory, "acl"));
            assertEquals(List.of("trusted.holdfast"), attributes(directory, "link"));
            assertEquals(40, attributes(directory, "many").size());
        }
    }

    private static List<String> attributes(SourceDirectory directory, String entry) throws IOException {
        return directory.attributes(name(entry), 0100644).stream().map(a -> new String(a.name())).toList();
    }

    @Test
    void manyNamesCostLittleMemory() throws IOException {
        try (var memory = TempTree.inMemory();
                var target = provider().openTarget(RawPath.of(memory.path().toString()));
                var many = target.root()) {
            makeMany(many);
            listMany(RawPath.of(memory.path().toString()));
            for (int i = 0; i < MANY; i++) {
                many.remove(names.name(i));
            }
        }
    }

    private static void makeMany(TargetDirectory many) throws IOException {
        for (int i = 0; i < MANY; i++) {
            if (i % LINKS == 0) { // links are made faster than files, but a file cannot have as many
                many.file(name("name-" + i), false).close();
            } else {
                many.hardLink(name("name-" + i), many, name("name-" + i / LINKS * LINKS));
            }
        }
    }

    private void listMany(RawPath place) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var directory = source.openDirectory(place)) {
            long before = threads.getCurrentThreadAllocatedBytes();
            directory.list(names, cancel);
            long first = threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals(MANY, names.count());
            assertTrue(first < 100L * MANY, "listing allocated " + first);

            directory.stat(names, 0, 4096, stats);
            before = threads.getCurrentThreadAllocatedBytes();
            directory.list(names, cancel);
            for (int from = 0; from < MANY; from += 4096) {
                directory.stat(names, from, Math.min(MANY, from + 4096), stats);
            }
            long again = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(again < 2_000_000, "listing again allocated " + again);
        }
        for (int i = 1; i < MANY; i++) {
            assertTrue(Arrays.compareUnsigned(names.name(i - 1), names.name(i)) < 0);
        }
    }
}
