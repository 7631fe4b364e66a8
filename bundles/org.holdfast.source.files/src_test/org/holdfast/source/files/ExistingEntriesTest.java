package org.holdfast.source.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Looking at what is in the way of a restore. */
@EnabledOnOs(OS.LINUX)
class ExistingEntriesTest {
    @TempDir
    Path top;
    private RestoreTarget target;

    @BeforeEach
    void open() throws IOException {
        target = new FilesSourceProvider().openTarget(RawPath.of(top.toString()));
    }

    @AfterEach
    void close() throws IOException {
        target.close();
    }

    @Test
    void filesThatMayOnlyBeReadAreCompared() throws IOException {
        Path file = Files.writeString(top.resolve("f"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        try (TargetDirectory root = target.root(); TargetFile open = root.existing(bytes("f"))) {
            var read = new byte[20];
            assertEquals(7, open.read(0, read, 0, 20));
            open.setMetadata(new RestoreTarget.Metadata(0400, -1, -1, 5, 6, null));
            assertThrows(IOException.class, () -> open.write(0, read, 0, 1));
        }
        assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(5, Files.getLastModifiedTime(file).toInstant().getEpochSecond());
    }

    @Test
    void nothingButRegularFilesIsOpened() throws IOException {
        Files.createSymbolicLink(top.resolve("link"), Path.of("f"));
        Files.createDirectory(top.resolve("directory"));
        try (TargetDirectory root = target.root()) {
            root.special(bytes("fifo"), 0010000, 0);
            root.special(bytes("socket"), 0140000, 0);
            for (String name : new String[] { "link", "directory", "fifo", "socket", "missing" }) {
                assertThrows(IOException.class, () -> root.existing(bytes(name)), name);
            }
        }
    }

    @Test
    void linksAreReadAndNotFollowed() throws IOException {
        byte[] odd = { 'x', (byte) 0xff, '/', '.', '.' };
        try (TargetDirectory root = target.root()) {
            root.symbolicLink(bytes("link"), odd);
            assertArrayEquals(odd, root.readLink(bytes("link")));
            root.file(bytes("file"), false).close();
            assertThrows(IOException.class, () -> root.readLink(bytes("file")));
        }
    }

    @Test
    void knowsTheMaskOfTheProcessAndSyncs() throws IOException {
        Path made = Files.createFile(top.resolve("made"));
        int mode = (int) Files.getAttribute(made, "unix:mode") & 0777;
        assertEquals(0666 & ~target.umask(), mode);
        target.sync();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
