package org.holdfast.agent.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.RecoveryKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedPassphrasesTest {
    private static final char[] SECRET = "a passphrase of the operator".toCharArray();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void begin() {
        file = folder.resolve("servers.sealed");
    }

    @Test
    void oneForEachServer() throws IOException {
        try (var kept = SealedPassphrases.open(file, SECRET, CLOCK)) {
            char[] one = kept.passphrase(HostEntry.of("a", 22), "docs");
            char[] other = kept.passphrase(HostEntry.of("b", 22), "docs");

            assertEquals(34, one.length);
            assertNotEquals(new String(one), new String(other));
            assertArrayEquals(one, kept.passphrase(HostEntry.of("A", 22), "docs"));
            kept.registered(HostEntry.of("a", 22), "id-of-a");
            assertFalse(kept.isKept(HostEntry.of("a", 2222)));

            var there = SealedPassphrases.read(file, SECRET);
            assertEquals("a:22", there.getFirst().host());
            assertEquals("id-of-a", there.getFirst().serverId());
            assertArrayEquals(one, there.getFirst().passphrase());
            assertArrayEquals(other, there.get(1).passphrase());
            String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(raw.contains(new String(one)) || raw.contains("a:22"));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void goesOnWithWhatIsThere() throws IOException {
        char[] before;
        try (var kept = SealedPassphrases.open(file, SECRET, CLOCK)) {
            before = kept.passphrase(HostEntry.of("a", 22), "docs");
        }
        try (var kept = SealedPassphrases.open(file, SECRET, CLOCK)) {
            assertTrue(kept.isKept(HostEntry.of("a", 22)));
            assertArrayEquals(before, kept.passphrase(HostEntry.of("a", 22), "docs"));
        }
    }

    @Test
    void recoveryKeysSealAsWell() throws IOException {
        try (RecoveryKey key = RecoveryKey.generate(); RecoveryKey other = RecoveryKey.generate()) {
            try (var kept = SealedPassphrases.open(file, key, CLOCK)) {
                kept.passphrase(HostEntry.of("a", 22), "docs");
            }
            assertEquals(1, SealedPassphrases.read(file, key).size());
            assertEquals(Problem.WRONG_PASSPHRASE, problem(() -> SealedPassphrases.read(file, other)));
            assertEquals(Problem.WRONG_PASSPHRASE, problem(() -> SealedPassphrases.read(file, SECRET)));
        }
    }

    @Test
    void whatDoesNotOpenIsTold() throws IOException {
        assertEquals(Problem.WEAK_PASSPHRASE,
                problem(() -> SealedPassphrases.open(file, "short".toCharArray(), CLOCK)));
        assertFalse(Files.exists(file));
        SealedPassphrases.open(file, SECRET, CLOCK).close();
        assertEquals(Problem.WRONG_PASSPHRASE,
                problem(() -> SealedPassphrases.open(file, "another passphrase".toCharArray(), CLOCK)));

        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertEquals(Problem.OBJECT_DAMAGED, problem(() -> SealedPassphrases.read(file, SECRET)));
        Files.write(file, new byte[] { 'H', 'F', 'P', 'E', 1 });
        assertEquals(Problem.INVALID_REQUEST, problem(() -> SealedPassphrases.read(file, SECRET)));
        Files.writeString(file, "something else that is long enough to be looked at, but not ours");
        assertEquals(Problem.INVALID_REQUEST, problem(() -> SealedPassphrases.open(file, SECRET, CLOCK)));
    }

    @Test
    void twoRunsDoNotShareAFile() {
        try (var kept = SealedPassphrases.open(file, SECRET, CLOCK)) {
            assertEquals(Problem.ACCESS_DENIED, problem(() -> SealedPassphrases.open(file, SECRET, CLOCK)));
        }
        SealedPassphrases.open(file, SECRET, CLOCK).close();
    }

    @Test
    void whatCannotBeWrittenIsNotKept() throws IOException {
        try (var kept = SealedPassphrases.open(file, SECRET, CLOCK)) {
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));

            assertThrows(IOException.class, () -> kept.passphrase(HostEntry.of("a", 22), "docs"));
            assertFalse(kept.isKept(HostEntry.of("a", 22)));
        }
    }

    private static Problem problem(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(HoldfastException.class, work).problem();
    }
}
