package org.holdfast.vault.http.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.holdfast.api.HoldfastException;
import org.holdfast.vault.VaultSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderIsTakenOnce() throws IOException {
        Path data = folder.resolve("a/b");
        try (var first = DataFolder.take(data, null)) {
            assertEquals("another vault node runs in " + data,
                    assertThrows(HoldfastException.class, () -> DataFolder.take(data, null)).getMessage());
        }
        DataFolder.take(data, null).close();
    }

    @Test
    void theReadyFileIsThereWhileTheNodeCanBeUsed() throws IOException {
        Path ready = Files.writeString(folder.resolve("ready"), "left behind by a process that was killed");
        try (var taken = DataFolder.take(folder, ready)) {
            assertFalse(Files.exists(ready));
            taken.ready(8443, "vault:8443");
            assertEquals("8443\n", Files.readString(ready));
            assertEquals("https://vault:8443\n" + ProcessHandle.current().pid() + "\n",
                    Files.readString(folder.resolve("node")));
        }
        assertFalse(Files.exists(ready));
        assertFalse(Files.exists(folder.resolve("node")));
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.createFile(folder.resolve("letter.txt"));
        assertEquals(folder + " holds something else, for example letter.txt",
                assertThrows(HoldfastException.class, () -> DataFolder.take(folder, null)).getMessage());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aFolderOfANewerVersionIsLeftAlone() throws IOException {
        DataFolder.take(folder, null).close();
        Files.createFile(folder.resolve("anything"));
        DataFolder.take(folder, null).close();
        Files.writeString(folder.resolve("holdfast-vault"), "2\n");
        assertThrows(HoldfastException.class, () -> DataFolder.take(folder, null));
    }

    @Test
    void aCheckOfANewNodeChangesNothing() throws IOException {
        Path data = folder.resolve("data");
        String text = check(data, 0, true);
        assertTrue(text.contains("ok       data folder    " + data), text);
        assertTrue(text.contains("will be made"), text);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aTakenPortIsFound() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String text = check(folder, taken.getLocalPort(), false);
            assertTrue(text.contains("failed   listening      127.0.0.1:" + taken.getLocalPort() + ": "), text);
        }
    }

    private static String check(Path data, int port, boolean good) {
        var settings = VaultSettings.embedded(data, "127.0.0.1", port, List.of("127.0.0.1:" + port));
        var out = new ByteArrayOutputStream();
        boolean result = new StartCheck(settings, new PrintStream(out, true, StandardCharsets.UTF_8),
                location -> List.of()).run();
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(good, result, text);
        return text;
    }
}
