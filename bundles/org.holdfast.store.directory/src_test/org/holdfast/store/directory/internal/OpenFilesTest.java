package org.holdfast.store.directory.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    private final OpenFiles files = new OpenFiles(2);
    private @TempDir Path temp = Path.of("");

    @Test
    void keepsFilesOpenUntilOthersPushThemOut() throws IOException {
        FileChannel first = use("a");
        assertSame(first, use("a"));
        use("b");
        assertSame(first, use("a"));
        use("c");
        assertTrue(first.isOpen());
        use("b");
        assertFalse(first.isOpen());
        assertNotSame(first, use("a"));
        files.close();
    }

    @Test
    void aFileInUseIsClosedByItsLastUser() throws IOException {
        FileChannel channel;
        try (OpenFiles.Lease outer = files.open("a", file("a"))) {
            channel = outer.channel();
            try (OpenFiles.Lease inner = files.open("a", file("a"))) {
                assertSame(channel, inner.channel());
                files.drop("a");
                use("b");
                use("c");
                files.close();
            }
            assertTrue(channel.isOpen());
        }
        assertFalse(channel.isOpen());
    }

    @Test
    void afterTheEndNothingStaysOpen() throws IOException {
        FileChannel early = use("a");
        files.close();
        assertFalse(early.isOpen());
        assertFalse(use("b").isOpen());
    }

    @Test
    void dropsOnlyTheChannelThatIsBroken() throws IOException {
        try (OpenFiles.Lease old = files.open("a", file("a"))) {
            files.drop("a", old);
            FileChannel fresh = use("a");
            assertNotSame(old.channel(), fresh);
            files.drop("a", old);
            assertSame(fresh, use("a"));
        }
        files.close();
    }

    private FileChannel use(String name) throws IOException {
        try (OpenFiles.Lease lease = files.open(name, file(name))) {
            return lease.channel();
        }
    }

    private Path file(String name) throws IOException {
        Path file = temp.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return file;
    }
}
