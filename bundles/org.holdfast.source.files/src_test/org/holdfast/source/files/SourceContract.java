package org.holdfast.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Source} has to do. */
abstract class SourceContract {
    @AutoClose
    final TempTree temp = new TempTree();
    @AutoClose
    final Source source = provider().open();
    final NameTable names = new NameTable();
    final StatTable stats = new StatTable();
    final CancelToken cancel = new CancelToken();
    private final List<SourceDirectory> opened = new ArrayList<>();

    abstract SourceProvider provider();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(temp.resolve("file"), "content");
        Files.createDirectories(temp.resolve("directory/below"));
        Files.createSymbolicLink(temp.resolve("link"), Path.of("directory"));
        Files.createSymbolicLink(temp.resolve("link to file"), Path.of("file"));
    }

    @AfterEach
    void closeDirectories() {
        opened.forEach(SourceDirectory::close);
    }

    final SourceDirectory root() throws IOException {
        SourceDirectory root = source.openDirectory(RawPath.of(temp.path().toString()));
        opened.add(root);
        return root;
    }

    static byte[] name(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void listsSortedWithoutDots() throws IOException {
        Files.writeString(Path.of(URI.create(temp.path().toUri() + "%C3%A9")), ""); // in any locale
        Files.writeString(temp.resolve("B"), "");
        root().list(names, cancel);
        var found = new ArrayList<String>();
        for (int i = 0; i < names.count(); i++) {
            found.add(new String(names.name(i), UTF_8));
        }
        assertEquals(List.of("B", "directory", "file", "link", "link to file", "\u00e9"), found);
    }

    @Test
    void listsAgainWithWhatChanged() throws IOException {
        SourceDirectory root = root();
        root.list(names, cancel);
        int before = names.count();
        Files.writeString(temp.resolve("new"), "");
        root.list(names, cancel);
        assertEquals(before + 1, names.count());
    }

    @Test
    void listsAnEmptyDirectory() throws IOException {
        try (var below = root().openDirectory(name("directory")).openDirectory(name("below"))) {
            below.list(names, cancel);
        }
        assertEquals(0, names.count());
    }

    @Test
    void stopsListingWhenCancelled() throws IOException {
        cancel.cancel();
        SourceDirectory root = root();
        assertThrows(HoldfastException.class, () -> root.list(names, cancel));
    }

    @Test
    void statAgreesWithTheJavaLibrary() throws IOException {
        assumeTrue(temp.path().getFileSystem().supportedFileAttributeViews().contains("unix"));
        Files.setLastModifiedTime(temp.resolve("file"), FileTime.from(Instant.ofEpochSecond(-77, 123_456_789)));
        Files.createLink(temp.resolve("second name"), temp.resolve("file"));
        SourceDirectory root = root();
        root.list(names, cancel);
        root.stat(names, 0, names.count(), stats);
        assertEquals(names.count(), stats.count);
        for (int i = 0; i < names.count(); i++) {
            compare(temp.resolve(new String(names.name(i), UTF_8)), i);
        }
        root.stat(name("link"), stats);
        compare(temp.resolve("link"), 0);
        root.statSelf(stats);
        compare(temp.path(), 0);
        try (var top = source.openDirectory(RawPath.ROOT)) {
            top.statSelf(stats);
        }
        compare(Path.of("/"), 0);
    }

    private void compare(Path path, int row) throws IOException {
        var all = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        String what = path.toString();
        assertEquals(all.get("mode"), stats.mode[row], what);
        assertEquals(all.get("uid"), stats.uid[row], what);
        assertEquals(all.get("gid"), stats.gid[row], what);
        assertEquals(all.get("nlink"), stats.links[row], what);
        assertEquals(all.get("ino"), stats.inode[row], what);
        assertEquals(all.get("size"), stats.size[row], what);
        assertEquals(((FileTime) all.get("lastModifiedTime")).toInstant(),
                Instant.ofEpochSecond(stats.mtimeSeconds[row], stats.mtimeNanos[row]), what);
        assertEquals(((FileTime) all.get("ctime")).toInstant(),
                Instant.ofEpochSecond(stats.ctimeSeconds[row], stats.ctimeNanos[row]), what);
        long device = (long) all.get("dev");
        assertEquals(device >>> 8 & 0xfff, stats.device[row] >>> 32, what);
        assertEquals(device & 0xff | device >>> 12 & 0xffff00, stats.device[row] & 0xffffffffL, what);
    }

    @Test
    void statOfARangeStartsInRowZero() throws IOException {
        SourceDirectory root = root();
        root.list(names, cancel);
        root.stat(names, 1, 2, stats);
        assertEquals(1, stats.count);
        assertEquals("file", new String(names.name(1), UTF_8));
        assertEquals(7, stats.size[0]);
    }

    @Test
    void vanishedEntriesAreMarked() throws IOException {
        SourceDirectory root = root();
        root.list(names, cancel);
        Files.delete(temp.resolve("file"));
        root.stat(names, 0, names.count(), stats);
        assertEquals(StatTable.VANISHED, stats.mode[1]);
        assertTrue(stats.mode[0] > 0 && stats.mode[2] > 0);
        var failure = assertThrows(NoSuchFileException.class, () -> root.stat(name("file"), stats));
        assertEquals(temp.resolve("file").toString(), failure.getFile());
        assertThrows(NoSuchFileException.class, () -> root.openFile(name("file")));
        assertThrows(NoSuchFileException.class, () -> root.openDirectory(name("file")));
        assertThrows(NoSuchFileException.class, () -> root.readLink(name("file")));
        assertThrows(NoSuchFileException.class, () -> root.attributes(name("file"), 0100644));
    }

    @Test
    void readsAnywhereAndStopsAtTheEnd() throws IOException {
        var content = new byte[700_001];
        new Random(4).nextBytes(content);
        Files.write(temp.resolve("file"), content);
        var buffer = new byte[content.length + 100];
        try (var file = root().openFile(name("file"))) {
            assertEquals(content.length, file.read(0, buffer, 50, content.length + 50));
            assertArrayEquals(content, Arrays.copyOfRange(buffer, 50, 50 + content.length));
            assertEquals(3, file.read(5, buffer, 0, 3));
            assertArrayEquals(Arrays.copyOfRange(content, 5, 8), Arrays.copyOf(buffer, 3));
            assertEquals(1, file.read(700_000, buffer, 0, 10));
            assertEquals(0, file.read(700_001, buffer, 0, 10));
            assertEquals(0, file.read(1L << 40, buffer, 0, 10));
            assertThrows(IndexOutOfBoundsException.class, () -> file.read(0, buffer, buffer.length - 1, 2));
        }
    }

    @Test
    void anOpenFileShowsWhatChanges() throws IOException {
        var buffer = new byte[100];
        try (var file = root().openFile(name("file"))) {
            file.stat(stats);
            assertEquals(7, stats.size[0]);
            Files.writeString(temp.resolve("file"), " and more", StandardOpenOption.APPEND);
            file.stat(stats);
            assertEquals(16, stats.size[0]);
            assertEquals(16, file.read(0, buffer, 0, 100));
            Files.writeString(temp.resolve("file"), "x");
            assertEquals(0, file.read(1, buffer, 0, 100));
        }
    }

    @Test
    void holesAreAskedForWithinTheFile() throws IOException {
        try (var file = root().openFile(name("file"))) {
            assertEquals(0, file.nextData(0));
            assertEquals(3, file.nextData(3));
            assertEquals(-1, file.nextData(7));
            assertEquals(7, file.nextHole(0));
            assertEquals(7, file.nextHole(7));
        }
    }

    @Test
    void filesAreNotReachedThroughLinks() throws IOException {
        SourceDirectory root = root();
        assertThrows(FileSystemException.class, () -> root.openFile(name("link to file")));
        assertThrows(FileSystemException.class, () -> root.openFile(name("directory")));
        assertThrows(NotDirectoryException.class, () -> root.openDirectory(name("link")));
        assertThrows(NotDirectoryException.class, () -> root.openDirectory(name("file")));
        assertThrows(FileSystemException.class, () -> root.readLink(name("file")));
    }

    @Test
    void openingByPathFollowsLinksOnlyInParents() throws IOException {
        RawPath base = RawPath.of(temp.path().toString());
        try (var below = source.openDirectory(base.child("link").child("below"))) {
            below.statSelf(stats);
        }
        assertEquals(0040000, stats.mode[0] & 0170000);
        assertThrows(NotDirectoryException.class, () -> source.openDirectory(base.child("link")));
        assertThrows(NotDirectoryException.class, () -> source.openDirectory(base.child("file")));
        var failure = assertThrows(NoSuchFileException.class, () -> source.openDirectory(base.child("nothing")));
        assertEquals(temp.resolve("nothing").toString(), failure.getFile());
        assertThrows(IOException.class, () -> source.openDirectory(RawPath.of("relative")));
    }

    @Test
    void readsLinks() throws IOException {
        assertArrayEquals(name("directory"), root().readLink(name("link")));
    }

    @Test
    void refusesWhatIsNoName() throws IOException {
        SourceDirectory root = root();
        for (String bad : List.of("", ".", "..", "a/b", "directory/below", "/etc", "a\0b")) {
            assertThrows(IOException.class, () -> root.openDirectory(name(bad)), bad);
            assertThrows(IOException.class, () -> root.openFile(name(bad)), bad);
            assertThrows(IOException.class, () -> root.readLink(name(bad)), bad);
            assertThrows(IOException.class, () -> root.stat(name(bad), stats), bad);
            assertThrows(IOException.class, () -> root.attributes(name(bad), 0100644), bad);
        }
        assertThrows(IOException.class, () -> root.openFile(new byte[5000]));
        assertThrows(IOException.class, () -> root.openFile(name("x".repeat(5000))));
        assertThrows(IOException.class, () -> root.openFile(name("x".repeat(256))));
    }

    @Test
    void userAttributes() throws IOException {
        for (String target : List.of("file", "directory", ".")) {
            Path path = target.equals(".") ? temp.path() : temp.resolve(target);
            assumeTrue(Files.getFileStore(path).supportsFileAttributeView("user"));
            var view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
            view.write("zz", ByteBuffer.wrap(name("of " + target)));
            view.write("aa", ByteBuffer.wrap(new byte[0]));
        }
        SourceDirectory root = root();
        checkAttributes(root.attributes(name("file"), 0100644), "of file");
        checkAttributes(root.attributes(name("directory"), 0040755), "of directory");
        checkAttributes(root.attributesOfSelf(), "of .");
        try (var file = root.openFile(name("file"))) {
            checkAttributes(file.attributes(), "of file");
        }
        assertEquals(List.of(), root.attributes(name("link to file"), 0120777));
    }

    private static void checkAttributes(List<ExtendedAttribute> found, String value) {
        assertEquals(2, found.size());
        assertEquals("user.aa", new String(found.get(0).name(), UTF_8));
        assertEquals(0, found.get(0).value().length);
        assertEquals("user.zz", new String(found.get(1).name(), UTF_8));
        assertEquals(value, new String(found.get(1).value(), UTF_8));
    }

    @Test
    void referencesAreCounted() throws IOException {
        SourceDirectory directory = source.openDirectory(RawPath.of(temp.path().toString()));
        directory.retain();
        directory.close();
        directory.statSelf(stats);
        directory.close();
        directory.close();
        assertThrows(IllegalStateException.class, () -> directory.statSelf(stats));
        assertThrows(IllegalStateException.class, directory::retain);
    }

    @Test
    void ownersHaveNames() {
        assumeTrue(Files.exists(Path.of("/etc/passwd")));
        for (int i = 0; i < 2; i++) {
            assertEquals("root", source.userName(0));
            assertNull(source.userName(543_210_987));
            assertNull(source.groupName(543_210_987));
        }
        assertEquals(TempTree.isLinux() ? "root" : "wheel", source.groupName(0));
    }
}
