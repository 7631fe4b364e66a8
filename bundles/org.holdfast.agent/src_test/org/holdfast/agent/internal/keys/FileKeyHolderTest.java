package org.holdfast.agent.internal.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileKeyHolderTest {
    private static final char[] PASSPHRASE = "correct horse battery \u4e2d staple".toCharArray();
    private final TempTree tree = new TempTree();
    private final FileKeyHolder holder = new FileKeyHolder();
    private final String location = FileKeyHolder.location(tree.resolve("passphrase"));

    @AfterEach
    void clean() {
        tree.close();
    }

    @Test
    void keepsAPassphraseForItsOwnerAlone() throws IOException {
        holder.check(location, List.of());
        holder.store(location, "test", PASSPHRASE);

        assertArrayEquals(PASSPHRASE, holder.read(location));
        assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve("passphrase"))));
        assertTrue(holder.remove(location));
        assertFalse(holder.remove(location));
        assertThrows(NoSuchFileException.class, () -> holder.read(location));
    }

    @Test
    void neverReplacesOne() throws IOException {
        holder.store(location, "test", PASSPHRASE);
        assertThrows(FileAlreadyExistsException.class,
                () -> holder.store(location, "test", "another passphrase".toCharArray()));

        assertArrayEquals(PASSPHRASE, holder.read(location));
    }

    @Test
    void readsOnlyWhatNobodyElseMayRead() throws IOException {
        holder.store(location, "test", PASSPHRASE);
        Files.setPosixFilePermissions(tree.resolve("passphrase"), PosixFilePermissions.fromString("rw-r-----"));

        assertThrows(IOException.class, () -> holder.read(location));
    }

    @Test
    void aProtectedPathIsNoSafePlace() throws IOException {
        Files.createDirectories(tree.resolve("data"));
        Files.createSymbolicLink(tree.resolve("link"), tree.resolve("data"));
        var items = List.of(RawPath.of(tree.resolve("data").toString()));

        for (String place : List.of("data/passphrase", "link/passphrase")) {
            var e = assertThrows(HoldfastException.class,
                    () -> holder.check(FileKeyHolder.location(tree.resolve(place)), items));
            assertEquals(Problem.INVALID_REQUEST, e.problem());
        }
        assertDoesNotThrow(() -> holder.check(FileKeyHolder.location(tree.resolve("database")), items));
    }

    @Test
    void nonsenseIsRefused() {
        for (String nonsense : List.of("file:relative", "http://vault/x", "", "file:",
                FileKeyHolder.location(tree.resolve("no/such/folder/x")))) {
            assertThrows(HoldfastException.class, () -> holder.check(nonsense, List.of()), nonsense);
        }
    }
}
