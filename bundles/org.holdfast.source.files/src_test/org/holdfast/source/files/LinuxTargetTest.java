package org.holdfast.source.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.source.files.internal.linux.LinuxTarget;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** System calls on Linux. */
class LinuxTargetTest extends TargetContract {
    private static final byte[] CAPABILITY = { 1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

    @Override
    SourceProvider provider() {
        return new FilesSourceProvider();
    }

    @BeforeEach
    void onlyOnLinux() {
        assumeTrue(TempTree.isLinux());
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")));
    }

    @Test
    void isWhatTheProviderGives() {
        assertInstanceOf(LinuxTarget.class, target);
    }

    @Test
    void growingLeavesAHole() throws IOException {
        try (var file = root.file(name("file"), false)) {
            file.truncate(100L << 20);
            file.write(50 << 20, name("x"), 0, 1);
            file.stat(stats);
        }
        assertEquals(100L << 20, stats.size[0]);
        assertTrue(stats.blocks[0] <= 16, "blocks " + stats.blocks[0]);
    }

    @Test
    void specialFiles() throws IOException {
        root.special(name("fifo"), 0010755, 0);
        root.special(name("socket"), 0140755, 0);
        assertEquals(0010600, Files.getAttribute(at("fifo"), "unix:mode"));
        assertEquals(0140600, Files.getAttribute(at("socket"), "unix:mode"));
        assertEquals(List.of(), root.setMetadata(name("fifo"), 0010644, metadata(0644, 5, 6, List.of())));
        assertEquals(0010644, Files.getAttribute(at("fifo"), "unix:mode"));
        checkTime(at("fifo"), 5, 6);
        assertThrows(IOException.class, () -> root.special(name("file"), 0100644, 0));
        assertThrows(IOException.class, () -> root.special(name("directory"), 0040755, 0));
        assertThrows(IOException.class, () -> root.special(name("link"), 0120777, 0));
        assertThrows(IOException.class, () -> root.file(name("fifo"), true));
        assertThrows(IOException.class, () -> root.file(name("socket"), true));
        assumeRoot();
        root.special(name("device"), 0020666, 3000L << 32 | 70_000);
        root.stat(name("device"), stats);
        assertEquals(3000L << 32 | 70_000, stats.specialDevice[0]);
        assertThrows(IOException.class, () -> root.file(name("device"), true));
    }

    @Test
    void linkTargetsAreBytes() throws IOException {
        byte[] longest = new byte[4095];
        Arrays.fill(longest, (byte) 0xff);
        root.symbolicLink(name("longest"), longest);
        root.symbolicLink(name("slashes"), name("..//a///b/"));
        assertThrows(IOException.class, () -> root.symbolicLink(name("too long"), new byte[4096]));
        try (var source = provider().open();
                var directory = source.openDirectory(RawPath.of(temp.resolve("target").toString()))) {
            assertArrayEquals(longest, directory.readLink(name("longest")));
            assertArrayEquals(name("..//a///b/"), directory.readLink(name("slashes")));
        }
    }

    @Test
    void ownerModeAttributesAndTimesInAnOrderThatKeepsAll() throws IOException {
        assumeRoot();
        var attributes = List.of(new ExtendedAttribute(name("security.capability"), CAPABILITY),
                new ExtendedAttribute(name("system.posix_acl_access"), acl()),
                new ExtendedAttribute(name("trusted.x"), name("y")));
        var metadata = new RestoreTarget.Metadata(04664, 1234, 5678, 5, 6, attributes);
        try (var file = root.file(name("open"), false)) {
            file.write(0, name("content"), 0, 7);
            assertEquals(List.of(), file.setMetadata(metadata));
        }
        write(root, "closed", "content");
        assertEquals(List.of(), root.setMetadata(name("closed"), REGULAR, metadata));
        for (String name : List.of("open", "closed")) {
            assertEquals(REGULAR | 04664, Files.getAttribute(at(name), "unix:mode"));
            assertEquals(1234, Files.getAttribute(at(name), "unix:uid"));
            checkTime(at(name), 5, 6);
            assertEquals(List.of("security.capability", "system.posix_acl_access", "trusted.x"), attributes(name));
        }
    }

    /** Owner rw, user 1234 rw, group r, mask rw, other r. */
    private static byte[] acl() {
        var acl = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        int[][] entries = { { 1, 6, -1 }, { 2, 6, 1234 }, { 4, 4, -1 }, { 16, 6, -1 }, { 32, 4, -1 } };
        for (int[] e : entries) {
            acl.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]);
        }
        return acl.array();
    }

    private List<String> attributes(String entry) throws IOException {
        try (var source = provider().open();
                var directory = source.openDirectory(RawPath.of(temp.resolve("target").toString()))) {
            return directory.attributes(name(entry), REGULAR).stream().map(a -> new String(a.name())).toList();
        }
    }

    @Test
    void inheritedAccessRightsDoNotStay() throws IOException {
        var inherited = List.of(new ExtendedAttribute(name("system.posix_acl_default"), acl()));
        List<String> missed = root.setMetadataOfSelf(metadata(-1, 0, -1, inherited));
        assumeTrue(missed.isEmpty(), "no ACL here");
        write(root, "file", "content");
        root.directory(name("d")).close();
        assertEquals(List.of("system.posix_acl_access"), attributes("file"));
        assertEquals(List.of(), root.setMetadata(name("file"), REGULAR, metadata(0640, 0, -1, List.of())));
        assertEquals(List.of(), root.setMetadata(name("d"), DIRECTORY, metadata(0750, 0, -1, List.of())));
        assertEquals(List.of(), attributes("file"));
        assertEquals(List.of(), attributes("d"));
        assertEquals(REGULAR | 0640, Files.getAttribute(at("file"), "unix:mode"));
        assertEquals(DIRECTORY | 0750, Files.getAttribute(at("d"), "unix:mode"));
    }

    @Test
    void metadataOfLinksStaysOnThem() throws IOException {
        assumeRoot();
        root.symbolicLink(name("link"), name("../outside/file"));
        var attributes = List.of(new ExtendedAttribute(name("trusted.x"), name("of the link")));
        var metadata = new RestoreTarget.Metadata(0777, 77, 88, -7, 8, attributes);
        assertEquals(List.of(), root.setMetadata(name("link"), LINK, metadata));
        assertEquals(77, Files.getAttribute(at("link"), "unix:uid", LinkOption.NOFOLLOW_LINKS));
        assertEquals(0, Files.getAttribute(temp.resolve("outside/file"), "unix:uid"));
        checkTime(at("link"), -7, 8);
        assertEquals(List.of("trusted.x"), attributes("link"));
    }

    @Test
    void timesTheFileSystemCannotHoldAreSaid() throws IOException {
        write(root, "file", "");
        List<String> missed = root.setMetadata(name("file"), REGULAR, metadata(-1, 1L << 60, 0, null));
        root.stat(name("file"), stats);
        assertEquals(stats.mtimeSeconds[0] != 1L << 60, missed.size() == 1, missed.toString());
    }

    @Test
    void attributesThatAreTooLongAreSaid() throws IOException {
        write(root, "file", "");
        var huge = List.of(new ExtendedAttribute(name("user.huge"), new byte[70_000]));
        assertEquals(1, root.setMetadata(name("file"), REGULAR, metadata(-1, 0, -1, huge)).size());
        var label = List.of(new ExtendedAttribute(name("security.selinux"), new byte[70_000]));
        assertEquals(List.of(), root.setMetadata(name("file"), REGULAR, metadata(-1, 0, -1, label)));
    }

    @Test
    void aFullFileSystemIsCalledFull() throws IOException, InterruptedException {
        assumeRoot();
        Path small = Files.createDirectory(temp.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "holdfast-test", small.toString()));
        try (var there = provider().openTarget(RawPath.of(small.toString()));
                var directory = there.root();
                var file = directory.file(name("file"), false)) {
            assertEquals(65_536, there.freeBytes());
            var failure = assertThrows(IOException.class, () -> file.write(0, new byte[100_000], 0, 100_000));
            assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
            assertTrue(failure.getMessage().contains(small.resolve("file").toString()), failure.getMessage());
            assertThrows(IOException.class, () -> file.allocate(0, 1 << 20));
        } finally {
            assertTrue(run("umount", small.toString()));
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    @Test
    void nobodyCanLeadARestoreOutside() throws IOException, InterruptedException {
        Files.createDirectory(at("swapped"));
        Files.createSymbolicLink(at("planted"), temp.resolve("outside"));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        Thread attacker = Thread.ofPlatform().start(() -> {
            while (System.nanoTime() < end) {
                swap();
            }
        });
        int inside = 0;
        int refused = 0;
        while (attacker.isAlive()) {
            try (var directory = root.directory(name("swapped"))) {
                write(directory, "file" + inside, "content");
                directory.setMetadataOfSelf(metadata(0755, 1, 1, List.of()));
                inside++;
            } catch (IOException e) {
                refused++;
            }
            try {
                root.setMetadata(name("swapped"), DIRECTORY, metadata(0700, 2, 2, List.of()));
            } catch (IOException e) {
                refused++;
            }
        }
        attacker.join();
        assertTrue(inside > 0 && refused > 0, inside + " inside, " + refused + " refused");
        assertFalse(Files.getLastModifiedTime(temp.resolve("outside")).toMillis() < 10_000);
    }

    private void swap() {
        try {
            Files.move(at("swapped"), at("aside"));
            Files.move(at("planted"), at("swapped"));
            Files.move(at("swapped"), at("planted"));
            Files.move(at("aside"), at("swapped"));
        } catch (IOException e) {
            restoreOrder();
        }
    }

    /** When the restore made a directory of its own in between, the game starts again. */
    private void restoreOrder() {
        try {
            if (Files.isSymbolicLink(at("swapped"))) {
                Files.deleteIfExists(at("swapped"));
            }
            if (!Files.exists(at("planted"), LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(at("planted"), temp.resolve("outside"));
            }
            if (Files.exists(at("aside"))) {
                Files.move(at("aside"), temp.resolve("old" + System.nanoTime()));
            }
            Files.createDirectories(at("swapped"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
