package org.holdfast.api.spi.store.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolTest {
    private static final int PIECE = SpoolMemory.PIECE;

    private final Path folder;

    SpoolTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Writes in steps of odd sizes, as sealed blobs come. */
    private static void write(Spool spool, byte[] bytes) throws IOException {
        int step = 1;
        for (int at = 0; at < bytes.length; step = step * 3 % 300_007 + 1) {
            int n = Math.min(step, bytes.length - at);
            spool.write(bytes, at, n);
            at += n;
        }
    }

    @ParameterizedTest
    @CsvSource({ "0, 4", "1, 4", "262144, 4", "262145, 4", "1048576, 4", "1048577, 4", "4194304, 4", "4194305, 4",
            "5000000, 0", "5000000, 2", "5000000, 8" })
    void givesBackWhatWasWritten(int length, int pieces) throws IOException {
        byte[] bytes = bytes(length);
        try (var memory = new SpoolMemory((long) pieces * PIECE); var spool = new Spool(folder, memory)) {
            write(spool, bytes);

            assertEquals(length, spool.length());
            try (InputStream first = spool.open(); InputStream second = spool.open()) {
                assertArrayEquals(bytes, first.readAllBytes());
                assertArrayEquals(bytes, second.readAllBytes());
                assertEquals(-1, second.read());
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count(), "files are left");
        }
    }

    @Test
    void takesAFileOnlyWhenThereIsNoMemory() throws IOException {
        Path spools = folder.resolve("spool");
        try (var memory = new SpoolMemory(2L * PIECE)) {
            try (var one = new Spool(spools, memory)) {
                write(one, bytes(2 * PIECE));
                assertFalse(Files.exists(spools), "a file was made");
                try (var two = new Spool(spools, memory)) {
                    byte[] more = bytes(PIECE);
                    write(two, more);
                    assertTrue(Files.exists(spools));
                    assertArrayEquals(more, two.open().readAllBytes());
                }
            }
            assertNotNull(memory.take(), "the memory was given back");
        }
    }

    @Test
    void memoryIsBoundedAndUsedAgain() {
        var memory = new SpoolMemory(2L * PIECE + 5);
        SpoolMemory.Piece first = Objects.requireNonNull(memory.take());
        SpoolMemory.Piece second = Objects.requireNonNull(memory.take());
        assertNull(memory.take());
        memory.give(first);
        assertEquals(first, memory.take());
        memory.give(first);
        memory.close();
        assertFalse(first.arena().scope().isAlive());
        assertTrue(second.arena().scope().isAlive(), "somebody still has it");
        memory.give(second);
        assertFalse(second.arena().scope().isAlive());
        assertNull(memory.take());
    }
}
