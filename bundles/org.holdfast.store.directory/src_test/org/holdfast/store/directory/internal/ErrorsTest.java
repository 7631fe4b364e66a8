package org.holdfast.store.directory.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.holdfast.api.spi.store.StoreFullException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {
    private @TempDir Path root = Path.of("");

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsWhatTheSystemSaysOfAFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full));
        try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            IOException e = assertThrows(IOException.class, () -> channel.write(ByteBuffer.allocate(1)));
            assertTrue(Errors.isFull(e, root));
            assertInstanceOf(StoreFullException.class, Errors.translate(e, root));
        }
        try (FileOutputStream stream = new FileOutputStream(full.toFile())) {
            IOException e = assertThrows(IOException.class, () -> stream.write(1));
            assertTrue(Errors.isFull(e, root));
        }
    }

    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void asksTheSystemForItsWords() {
        assertTrue(Errors.isFull(new IOException(Libc.errorText(28)), root));
        assertTrue(Errors.isInvalid(new FileSystemException("a", null, Libc.errorText(Libc.EINVAL))));
        assertFalse(Errors.isFull(new IOException(Libc.errorText(Libc.EINVAL)), root));
    }

    @Test
    void otherFailuresStayWhatTheyAre() {
        IOException other = new IOException("Input/output error");
        assertFalse(Errors.isFull(other, root));
        assertSame(other, Errors.translate(other, root));
        StoreFullException full = new StoreFullException("full");
        assertSame(full, Errors.translate(full, root));
        assertFalse(Errors.isInvalid(new IOException()));
        assertTrue(Errors.isFull(new FileSystemException("a", null, "Disk quota exceeded"), root));
    }
}
