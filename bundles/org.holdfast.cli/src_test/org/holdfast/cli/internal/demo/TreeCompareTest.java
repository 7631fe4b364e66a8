package org.holdfast.cli.internal.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;

import org.holdfast.api.CancelToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that overlooks something would make the demonstration a lie: each kind of difference is made once. */
class TreeCompareTest {
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-05-17T10:20:30.123456789Z"));

    @TempDir
    private Path folder;
    private Path left;
    private Path right;

    @BeforeEach
    void twoTreesThatAreTheSame() throws IOException {
        left = tree("left");
        right = tree("right");
    }

    private Path tree(String name) throws IOException {
        var root = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(root.resolve("sub/empty"));
        Files.writeString(root.resolve("sub/file"), "some content\n");
        Files.createLink(root.resolve("sub/hard"), root.resolve("sub/file"));
        Files.writeString(root.resolve("other"), "some content\n");
        Files.createSymbolicLink(root.resolve("soft"), Path.of("sub/file"));
        Files.createFile(root.resolve("none"));
        for (var entry : new String[] { "sub/empty", "sub/file", "other", "none", "sub", "" }) {
            Files.setLastModifiedTime(root.resolve(entry), TIME);
        }
        Files.getFileAttributeView(root.resolve("soft"), java.nio.file.attribute.BasicFileAttributeView.class,
                java.nio.file.LinkOption.NOFOLLOW_LINKS).setTimes(TIME, null, null);
        return root;
    }

    private TreeCompare compare() throws IOException {
        return new TreeCompare(left, right, true, path -> false, new CancelToken()).run();
    }

    private void expect(String... texts) throws IOException {
        var result = compare();
        assertEquals(texts.length, result.differences(), result.told().toString());
        for (var text : texts) {
            assertTrue(result.told().stream().anyMatch(told -> told.contains(text)), result.told().toString());
        }
    }

    private void resetTime(String directory) throws IOException {
        Files.setLastModifiedTime(right.resolve(directory), TIME);
    }

    @Test
    void sameIsSame() throws IOException {
        var result = compare();
        assertTrue(result.same(), result.told().toString());
        assertEquals(5, result.files());
        assertEquals(3, result.directories());
        assertEquals(39, result.bytes());
    }

    @Test
    void content() throws IOException {
        Files.writeString(right.resolve("other"), "some_content\n");
        Files.setLastModifiedTime(right.resolve("other"), TIME);
        expect("other has other content from byte 4 on");
    }

    @Test
    void size() throws IOException {
        Files.writeString(right.resolve("none"), "x");
        Files.setLastModifiedTime(right.resolve("none"), TIME);
        expect("none has 0 bytes but came back with 1");
    }

    @Test
    void missingAndAdded() throws IOException {
        Files.move(right.resolve("other"), right.resolve("another"));
        resetTime("");
        expect("other is missing", "another was not in the original");
    }

    @Test
    void aNanosecond() throws IOException {
        Files.setLastModifiedTime(right.resolve("sub/empty"), FileTime.from(TIME.toInstant().plusNanos(1)));
        expect("sub/empty has another modification time");
    }

    @Test
    void mode() throws IOException {
        Files.setPosixFilePermissions(right.resolve("other"), PosixFilePermissions.fromString("rw-------"));
        expect("other has another mode");
    }

    @Test
    void linkTargetAndType() throws IOException {
        Files.delete(right.resolve("soft"));
        Files.createSymbolicLink(right.resolve("soft"), Path.of("other"));
        Files.delete(right.resolve("none"));
        Files.createDirectory(right.resolve("none"));
        resetTime("");
        expect("soft has another modification time", "soft has another target of the link",
                "none is a file but came back as a directory");
    }

    @Test
    void hardLinks() throws IOException {
        Files.delete(right.resolve("sub/hard"));
        Files.copy(right.resolve("sub/file"), right.resolve("sub/hard"));
        Files.setLastModifiedTime(right.resolve("sub/hard"), TIME);
        resetTime("sub");
        expect("hard is a hard link of sub/file but came back as a file of its own");
    }

    @Test
    void extendedAttributes() throws IOException {
        var view = Files.getFileAttributeView(right.resolve("other"), UserDefinedFileAttributeView.class);
        try {
            view.write("note", ByteBuffer.wrap(new byte[] { 1 }));
        } catch (IOException e) {
            org.junit.jupiter.api.Assumptions.abort("no extended attributes here");
        }
        expect("other has another set of extended attributes");
    }

    @Test
    void whatIsExcusedIsNotCompared() throws IOException {
        Files.writeString(right.resolve("other"), "x");
        Files.delete(right.resolve("none"));
        resetTime("");
        var result = new TreeCompare(left, right, true, path -> path.endsWith("other") || path.endsWith("none"),
                new CancelToken()).run();
        assertTrue(result.same(), result.told().toString());
        assertEquals(2, result.skipped());
    }

    @Test
    void removalTakesReadOnlyDirectories() throws IOException {
        Files.setPosixFilePermissions(left.resolve("sub"), PosixFilePermissions.fromString("r-xr-xr-x"));
        TreeRemoval.remove(left);
        TreeRemoval.remove(left);
        assertTrue(Files.notExists(left));
        assertTrue(Files.exists(right.resolve("sub/file")));
    }
}
