package org.holdfast.store.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import org.holdfast.api.spi.store.BlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStoreProviderTest {
    private final DirectoryStoreProvider provider = new DirectoryStoreProvider();
    private Path place = Path.of("");

    @BeforeEach
    void choosePlace(@TempDir Path temp) {
        place = temp.resolve("some where").resolve("vault");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/srv/vault", "vault", "./a:b", "file:///srv/vault", "FILE:/srv/vault", "C:\\vaults\\a",
            "d:/vaults/a", "../vault", "/", "." })
    void takesPathsAndFileUris(String location) {
        assertTrue(provider.accepts(location));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "https://vault.example/a", "azure:container", "sftp://host/x" })
    void leavesOtherSchemesToOthers(String location) {
        assertFalse(provider.accepts(location));
    }

    @Test
    void createsWithParentsAndOpensAgain() throws IOException {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        try (BlobStore store = provider.create(place.toString())) {
            assertEquals(place.toString(), store.location());
            assertTrue(store.put("a/b", ByteBuffer.wrap(text)));
        }
        try (BlobStore store = provider.open(place.toUri().toString())) {
            assertArrayEquals(text, store.get("a/b", 10));
            assertEquals(place.toUri().toString(), store.location());
        }
    }

    @Test
    void takesAnEmptyDirectoryAndAFreshDisk() throws IOException {
        Files.createDirectories(place.resolve("lost+found"));
        provider.create(place.toString()).close();
        Files.delete(place.resolve("lost+found"));
        provider.create(place.toString()).close();
    }

    @Test
    void leavesWhatIsThereAlone() throws IOException {
        Files.createDirectories(place);
        Files.writeString(place.resolve("letter.txt"), "dear");
        assertThrows(FileAlreadyExistsException.class, () -> provider.create(place.toString()));
        assertThrows(FileAlreadyExistsException.class, () -> provider.create(place.resolve("letter.txt").toString()));
        assertThrows(NotDirectoryException.class, () -> provider.open(place.resolve("letter.txt").toString()));
    }

    @Test
    void opensNothingThatIsNotThere() {
        assertThrows(NoSuchFileException.class, () -> provider.open(place.toString()));
        assertFalse(Files.exists(place));
        assertThrows(FileSystemException.class, () -> provider.open("file:relative"));
    }
}
