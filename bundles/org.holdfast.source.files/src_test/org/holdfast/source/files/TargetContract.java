package org.holdfast.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link RestoreTarget} has to do. */
abstract class TargetContract {
    static final int REGULAR = 0100000;
    static final int DIRECTORY = 0040000;
    static final int LINK = 0120000;

    @AutoClose
    final TempTree temp = new TempTree();
    final StatTable stats = new StatTable();
    RestoreTarget target = open();
    TargetDirectory root = rootOf(target);

    abstract SourceProvider provider();

    private RestoreTarget open() {
        try {
            return provider().openTarget(RawPath.of(temp.resolve("target").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TargetDirectory rootOf(RestoreTarget target) {
        try {
            return target.root();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void outside() throws IOException {
        Files.createDirectory(temp.resolve("outside"));
        Files.writeString(temp.resolve("outside/file"), "outside");
    }

    @AfterEach
    void nothingGotOutside() throws IOException {
        root.close();
        target.close();
        assertEquals("outside", Files.readString(temp.resolve("outside/file")));
        try (var all = Files.list(temp.resolve("outside"))) {
            assertEquals(1, all.count());
        }
    }

    static byte[] name(String text) {
        return text.getBytes(UTF_8);
    }

    final Path at(String relative) {
        return temp.resolve("target").resolve(relative);
    }

    final void write(TargetDirectory directory, String name, String content) throws IOException {
        try (var file = directory.file(name(name), false)) {
            file.write(0, name(content), 0, name(content).length);
        }
    }

    static RestoreTarget.Metadata metadata(int mode, long seconds, int nanos,
            @Nullable List<ExtendedAttribute> attributes) {
        return new RestoreTarget.Metadata(mode, -1, -1, seconds, nanos, attributes);
    }

    static void checkTime(Path path, long seconds, int nanos) throws IOException {
        assertEquals(Instant.ofEpochSecond(seconds, nanos),
                Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant());
    }

    @Test
    void opensWhereThereIsNothingYet() throws IOException {
        RawPath place = RawPath.of(temp.resolve("a/b/c").toString());
        for (int i = 0; i < 2; i++) {
            try (var there = provider().openTarget(place); var directory = there.root()) {
                directory.directory(name("d" + i)).close();
            }
            assertTrue(Files.isDirectory(temp.resolve("a/b/c/d" + i)));
        }
        assertThrows(IOException.class,
                () -> provider().openTarget(RawPath.of(temp.resolve("outside/file").toString())));
        assertThrows(IOException.class,
                () -> provider().openTarget(RawPath.of(temp.resolve("outside/file/below").toString())));
        assertThrows(IOException.class, () -> provider().openTarget(RawPath.of("relative")));
    }

    @Test
    void knowsTheSystem() {
        assertTrue(target.freeBytes() > 0);
        assumeTrue(Files.exists(Path.of("/etc/passwd")));
        assertEquals("root".equals(System.getProperty("user.name")), target.canSetOwner());
        for (int i = 0; i < 2; i++) {
            assertEquals(0, target.userId("root"));
            assertEquals(-1, target.userId("no such user"));
            assertEquals(-1, target.groupId("-no such group"));
        }
        assertEquals(0, target.groupId(TempTree.isLinux() ? "root" : "wheel"));
    }

    @Test
    void makesDirectoriesOnce() throws IOException {
        try (var made = root.directory(name("d")); var again = root.directory(name("d"))) {
            write(made, "one", "1");
            write(again, "two", "2");
        }
        assertEquals("1", Files.readString(at("d/one")));
        assertEquals("2", Files.readString(at("d/two")));
        root.stat(name("d"), stats);
        assertEquals(DIRECTORY | 0700, stats.mode[0]);
    }

    @Test
    void neverEntersWhatIsNoDirectory() throws IOException {
        write(root, "file", "");
        Files.createSymbolicLink(at("link"), temp.resolve("outside"));
        Files.createSymbolicLink(at("dangling"), temp.resolve("outside/new"));
        for (String name : List.of("file", "link", "dangling")) {
            assertThrows(NotDirectoryException.class, () -> root.directory(name(name)), name);
        }
    }

    @Test
    void statMarksWhatIsMissing() throws IOException {
        root.stat(name("nothing"), stats);
        assertEquals(StatTable.VANISHED, stats.mode[0]);
        Files.createSymbolicLink(at("link"), temp.resolve("outside"));
        root.stat(name("link"), stats);
        assertEquals(LINK, stats.mode[0] & 0170000);
    }

    @Test
    void newFilesAreNewAndPrivate() throws IOException {
        write(root, "file", "content");
        root.stat(name("file"), stats);
        assertEquals(REGULAR | 0600, stats.mode[0]);
        assertEquals(7, stats.size[0]);
        assertThrows(FileAlreadyExistsException.class, () -> root.file(name("file"), false));
        Files.createSymbolicLink(at("link"), temp.resolve("outside/file"));
        Files.createSymbolicLink(at("dangling"), temp.resolve("outside/new"));
        assertThrows(FileAlreadyExistsException.class, () -> root.file(name("link"), false));
        assertThrows(FileAlreadyExistsException.class, () -> root.file(name("dangling"), false));
        assertEquals("content", Files.readString(at("file")));
    }

    @Test
    void existingFilesAreOpenedAsTheyAre() throws IOException {
        write(root, "file", "content");
        var buffer = new byte[10];
        try (var file = root.file(name("file"), true)) {
            assertEquals(7, file.read(0, buffer, 1, 9));
            assertEquals("content", new String(buffer, 1, 7, UTF_8));
            assertEquals(0, file.read(7, buffer, 0, 10));
            file.write(3, name("XY"), 1, 1);
            file.stat(stats);
            assertEquals(7, stats.size[0]);
        }
        assertEquals("conYent", Files.readString(at("file")));
        root.file(name("created"), true).close();
        assertEquals(0, Files.size(at("created")));
        root.directory(name("directory")).close();
        Files.createSymbolicLink(at("link"), temp.resolve("outside/file"));
        Files.createSymbolicLink(at("dangling"), temp.resolve("outside/new"));
        for (String name : List.of("directory", "link", "dangling")) {
            assertThrows(IOException.class, () -> root.file(name(name), true), name);
        }
    }

    @Test
    void existingFilesAreComparedWithoutTheRightToWrite() throws IOException {
        write(root, "file", "content");
        Files.createSymbolicLink(at("link"), temp.resolve("outside/file"));
        root.directory(name("directory")).close();
        try (var file = root.existing(name("file"))) {
            var buffer = new byte[10];
            assertEquals(7, file.read(0, buffer, 0, 10));
            assertThrows(IOException.class, () -> file.write(0, buffer, 0, 1));
            assertEquals(List.of(), file.setMetadata(metadata(-1, 5, 6, null)));
        }
        checkTime(at("file"), 5, 6);
        for (String name : List.of("link", "directory", "missing")) {
            assertThrows(IOException.class, () -> root.existing(name(name)), name);
        }
        assertArrayEquals(name(temp.resolve("outside/file").toString()), root.readLink(name("link")));
        assertThrows(IOException.class, () -> root.readLink(name("file")));
    }

    @Test
    void writesInAnyOrderAndLength() throws IOException {
        var content = new byte[900_001];
        new Random(3).nextBytes(content);
        try (var file = root.file(name("file"), false)) {
            file.write(600_000, content, 600_000, 300_001);
            file.write(0, content, 0, 600_000);
            file.write(5, content, 5, 0);
            assertThrows(IndexOutOfBoundsException.class, () -> file.write(0, content, 900_000, 2));
        }
        assertArrayEquals(content, Files.readAllBytes(at("file")));
    }

    @Test
    void truncatesBothWays() throws IOException {
        try (var file = root.file(name("file"), false)) {
            file.write(0, name("content"), 0, 7);
            file.truncate(3);
            file.truncate(3);
            file.truncate(10);
        }
        assertArrayEquals(name("con\0\0\0\0\0\0\0"), Files.readAllBytes(at("file")));
    }

    @Test
    void allocatesWhereThatIsPossible() throws IOException {
        try (var file = root.file(name("file"), false)) {
            boolean done = file.allocate(4096, 8192);
            file.stat(stats);
            assertEquals(done ? 12_288 : 0, stats.size[0]);
            assertEquals(done, stats.blocks[0] >= 16);
        }
        for (byte b : Files.readAllBytes(at("file"))) {
            assertEquals(0, b);
        }
    }

    @Test
    void linksOfBothKinds() throws IOException {
        write(root, "file", "content");
        root.symbolicLink(name("link"), name("../outside/file"));
        assertEquals(Path.of("../outside/file"), Files.readSymbolicLink(at("link")));
        assertThrows(FileAlreadyExistsException.class, () -> root.symbolicLink(name("link"), name("x")));
        try (var other = root.directory(name("d"))) {
            other.hardLink(name("file"), root, name("file"));
            other.hardLink(name("link"), root, name("link"));
            assertThrows(FileAlreadyExistsException.class, () -> other.hardLink(name("file"), root, name("file")));
            assertThrows(NoSuchFileException.class, () -> other.hardLink(name("x"), root, name("nothing")));
        }
        assertTrue(Files.isSameFile(at("file"), at("d/file")));
        assertTrue(Files.isSymbolicLink(at("d/link")));
        root.stat(name("link"), stats);
        assertEquals(2, stats.links[0]);
    }

    @Test
    void renamesOverFilesAndLinks() throws IOException {
        for (String what : List.of("1", "2", "3")) {
            write(root, "temporary" + what, what);
        }
        write(root, "file", "old");
        Files.createSymbolicLink(at("link"), temp.resolve("outside/file"));
        root.directory(name("directory")).close();
        root.rename(name("temporary1"), name("file"));
        root.rename(name("temporary2"), name("link"));
        assertThrows(IOException.class, () -> root.rename(name("temporary3"), name("directory")));
        assertThrows(NoSuchFileException.class, () -> root.rename(name("nothing"), name("x")));
        assertEquals("1", Files.readString(at("file")));
        assertEquals("2", Files.readString(at("link"), UTF_8));
        assertFalse(Files.exists(at("temporary1")));
    }

    @Test
    void renamingOverAnotherNameOfTheSameFileLeavesOneName() throws IOException {
        write(root, "file", "content");
        root.hardLink(name("temporary"), root, name("file"));
        root.rename(name("temporary"), name("file"));
        assertFalse(Files.exists(at("temporary")));
        assertEquals("content", Files.readString(at("file")));
    }

    @Test
    void removesAllButDirectories() throws IOException {
        write(root, "file", "");
        Files.createSymbolicLink(at("link"), temp.resolve("outside/file"));
        root.directory(name("directory")).close();
        root.remove(name("file"));
        root.remove(name("link"));
        root.remove(name("nothing"));
        assertThrows(IOException.class, () -> root.remove(name("directory")));
        assertFalse(Files.exists(at("file")));
        assertTrue(Files.exists(at("directory")));
    }

    @Test
    void metadataOfAnOpenFile() throws IOException {
        assumeTrue(temp.path().getFileSystem().supportedFileAttributeViews().contains("unix"));
        try (var file = root.file(name("file"), false)) {
            file.write(0, name("content"), 0, 7);
            assertEquals(List.of(), file.setMetadata(metadata(04751, -5, 0, List.of())));
        }
        assertEquals(REGULAR | 04751, Files.getAttribute(at("file"), "unix:mode"));
        checkTime(at("file"), -5, 0);
    }

    @Test
    void metadataOfDirectoryAndLink() throws IOException {
        assumeTrue(temp.path().getFileSystem().supportedFileAttributeViews().contains("unix"));
        root.symbolicLink(name("link"), name("../outside/file"));
        FileTime before = Files.getLastModifiedTime(temp.resolve("outside/file"));
        assertEquals(List.of(), root.setMetadata(name("link"), LINK, metadata(0777, 7, 8, List.of())));
        checkTime(at("link"), 7, 8);
        assertEquals(before, Files.getLastModifiedTime(temp.resolve("outside/file")));
        try (var directory = root.directory(name("d"))) {
            write(directory, "file", "");
            assertEquals(List.of(), directory.setMetadataOfSelf(metadata(03755, 5_000_000_000L, 1, List.of())));
        }
        checkTime(at("d"), 5_000_000_000L, 1);
        assertEquals(DIRECTORY | 03755, Files.getAttribute(at("d"), "unix:mode"));
        assertEquals(List.of(), root.setMetadata(name("d"), DIRECTORY, metadata(0700, 9, 0, null)));
        checkTime(at("d"), 9, 0);
    }

    @Test
    void whatIsNotGivenIsLeftAlone() throws IOException {
        assumeTrue(temp.path().getFileSystem().supportedFileAttributeViews().contains("unix"));
        write(root, "file", "content");
        assertEquals(List.of(), root.setMetadata(name("file"), REGULAR, metadata(0640, 10, 11, null)));
        Map<String, Object> before = Files.readAttributes(at("file"), "unix:mode,uid,gid,lastModifiedTime");
        assertEquals(List.of(), root.setMetadata(name("file"), REGULAR, metadata(-1, 0, -1, null)));
        assertEquals(before, Files.readAttributes(at("file"), "unix:mode,uid,gid,lastModifiedTime"));
    }

    @Test
    void owners() throws IOException {
        assumeTrue(target.canSetOwner());
        write(root, "file", "content");
        var metadata = new RestoreTarget.Metadata(06755, 12_345, (int) 4_000_000_000L, 1, 2, null);
        assertEquals(List.of(), root.setMetadata(name("file"), REGULAR, metadata));
        assertEquals(12_345, Files.getAttribute(at("file"), "unix:uid"));
        assertEquals((int) 4_000_000_000L, Files.getAttribute(at("file"), "unix:gid"));
        assertEquals(REGULAR | 06755, Files.getAttribute(at("file"), "unix:mode"));
    }

    @Test
    void attributesBecomeThoseThatAreGiven() throws IOException {
        assumeTrue(Files.getFileStore(temp.path()).supportsFileAttributeView("user"));
        write(root, "file", "content");
        root.directory(name("d")).close();
        for (String entry : List.of("file", "d")) {
            var view = Files.getFileAttributeView(at(entry), UserDefinedFileAttributeView.class);
            view.write("old", ByteBuffer.wrap(name("x")));
            view.write("kept", ByteBuffer.wrap(name("before")));
            int type = entry.equals("d") ? DIRECTORY : REGULAR;
            assertEquals(List.of(), root.setMetadata(name(entry), type, metadata(-1, 0, -1, null)));
            assertEquals(2, view.list().size());
            var wanted = List.of(new ExtendedAttribute(name("user.kept"), name("after")),
                    new ExtendedAttribute(name("user.new"), new byte[0]));
            assertEquals(List.of(), root.setMetadata(name(entry), type, metadata(-1, 0, -1, wanted)));
            assertEquals(List.of("kept", "new"), view.list().stream().sorted().toList());
            var value = ByteBuffer.allocate(10);
            view.read("kept", value);
            assertEquals("after", new String(value.array(), 0, value.position(), UTF_8));
        }
    }

    @Test
    void whatCannotBeSetIsSaid() throws IOException {
        write(root, "file", "content");
        var strange = List.of(new ExtendedAttribute(name("nonsense.name"), name("x")));
        List<String> missed = root.setMetadata(name("file"), REGULAR, metadata(-1, 3, 4, strange));
        assertEquals(1, missed.size(), missed.toString());
        assertTrue(missed.getFirst().startsWith("The extended attribute nonsense.name could not be set: "),
                missed.toString());
        checkTime(at("file"), 3, 4);
    }

    @Test
    void metadataGoesOnlyOnTheTypeItIsFor() throws IOException {
        Files.createSymbolicLink(at("link"), temp.resolve("outside/file"));
        assertThrows(IOException.class, () -> root.setMetadata(name("link"), REGULAR, metadata(0777, 1, 1, null)));
        assertThrows(NoSuchFileException.class,
                () -> root.setMetadata(name("nothing"), REGULAR, metadata(0777, 1, 1, null)));
    }

    @Test
    void hostileNamesAreRefused() throws IOException {
        write(root, "file", "content");
        try (var deeper = root.directory(name("d"))) {
            for (String bad : List.of("", ".", "..", "../outside/file", "d/x", "/tmp", "../../x", "a\0b")) {
                byte[] name = name(bad);
                assertThrows(IOException.class, () -> deeper.stat(name, stats), bad);
                assertThrows(IOException.class, () -> deeper.directory(name), bad);
                assertThrows(IOException.class, () -> deeper.file(name, false), bad);
                assertThrows(IOException.class, () -> deeper.file(name, true), bad);
                assertThrows(IOException.class, () -> deeper.existing(name), bad);
                assertThrows(IOException.class, () -> deeper.readLink(name), bad);
                assertThrows(IOException.class, () -> deeper.symbolicLink(name, name("x")), bad);
                assertThrows(IOException.class, () -> deeper.hardLink(name, root, name("file")), bad);
                assertThrows(IOException.class, () -> deeper.hardLink(name("x"), root, name), bad);
                assertThrows(IOException.class, () -> deeper.special(name, 0010600, 0), bad);
                assertThrows(IOException.class, () -> deeper.rename(name, name("x")), bad);
                assertThrows(IOException.class, () -> root.rename(name("file"), name), bad);
                assertThrows(IOException.class, () -> deeper.remove(name), bad);
                assertThrows(IOException.class, () -> deeper.setMetadata(name, REGULAR, metadata(0, 0, 0, null)), bad);
            }
        }
        try (var all = Files.walk(temp.path())) {
            assertEquals(6, all.count());
        }
    }

    @Test
    void referencesAreCounted() throws IOException {
        TargetDirectory directory = root.directory(name("d"));
        directory.retain();
        directory.close();
        write(directory, "file", "");
        directory.close();
        assertThrows(IllegalStateException.class, () -> directory.stat(name("file"), stats));
    }
}
