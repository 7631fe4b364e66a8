package org.holdfast.store.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.Upload;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does to the directory. */
class DirectoryStoreFilesTest {
    private static final String PACK = "data/" + "0123456789abcdef".repeat(4);

    private final DirectoryStoreProvider provider = new DirectoryStoreProvider();
    private @TempDir Path temp = Path.of("");
    private Path place = temp;

    @BeforeEach
    void choosePlace() {
        place = temp.resolve("vault");
    }

    @Test
    void objectsAreFilesWhereOneExpectsThem() throws IOException {
        try (BlobStore store = provider.create(place.toString())) {
            put(store, PACK, 3_000_000);
            put(store, "points/2026/a", 10);
        }
        assertEquals(Set.of("data/01/" + "0123456789abcdef".repeat(4), "points/2026/a"), files());
    }

    @Test
    void onlyTheOwnerMayLookInside() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
        try (BlobStore store = provider.create(place.resolve("deep").toString())) {
            put(store, PACK, 3_000_000);
            put(store, "points/a", 10);
            try (Upload upload = store.begin(); Stream<Path> all = Files.walk(place)) {
                upload.write(new byte[2 << 20], 0, 2 << 20);
                for (Path path : all.toList()) {
                    assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
                }
            }
        }
    }

    @Test
    void nothingTemporaryIsLeft() throws IOException {
        try (BlobStore store = provider.create(place.toString())) {
            for (int size : new int[] { 0, 10, 300_000, 5_000_000 }) {
                put(store, "a/" + size, size);
                assertFalse(store.put("a/" + size, ByteBuffer.allocate(size)));
                try (Upload upload = store.begin()) {
                    upload.write(new byte[size], 0, size);
                    assertFalse(upload.commit("a/" + size));
                }
                try (Upload upload = store.begin()) {
                    upload.write(new byte[size], 0, size);
                }
                try (Upload upload = store.begin()) {
                    upload.write(new byte[size], 0, size);
                    assertThrows(IOException.class, () -> upload.commit("a/0/below"));
                }
            }
        }
        assertEquals(Set.of("a/0", "a/10", "a/300000", "a/5000000"), files());
    }

    @Test
    void strangersInTheDirectoryAreNotListed() throws IOException {
        try (BlobStore store = provider.create(place.toString())) {
            put(store, "a", 1);
            Files.createDirectories(place.resolve("lost+found/x"));
            Files.createDirectories(place.resolve("data/01"));
            Files.writeString(place.resolve("README.txt"), "x");
            Files.writeString(place.resolve("data/01/letter"), "x");
            Files.writeString(place.resolve(".hidden"), "x");
            Files.createSymbolicLink(place.resolve("gone"), place.resolve("nowhere"));
            Set<String> names = new TreeSet<>();
            store.list("", info -> names.add(info.name()));
            assertEquals(Set.of("a"), names);
        }
    }

    @Test
    void aDirectoryThatDisappearsIsNotAnEmptyStore() throws IOException {
        try (BlobStore store = provider.create(place.toString())) {
            Files.delete(place);
            assertThrows(NoSuchFileException.class, () -> store.list("", info -> {}));
            assertThrows(IOException.class, () -> put(store, "a", 10));
            assertFalse(Files.exists(place));
        }
    }

    @Test
    void aListingThatCannotSeeEverythingFails() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
        try (BlobStore store = provider.create(place.toString())) {
            put(store, PACK, 10);
            Path shard = place.resolve("data/01");
            Files.setPosixFilePermissions(shard, Set.of());
            try {
                Assumptions.assumeFalse(Files.isReadable(shard), "root reads everything");
                assertThrows(AccessDeniedException.class, () -> store.list("data/", info -> {}));
            } finally {
                Files.setPosixFilePermissions(shard, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    @Test
    void anInterruptedUploadLeavesNothing() throws Exception {
        try (BlobStore store = provider.create(place.toString())) {
            List<Throwable> failures = new ArrayList<>();
            Thread thread = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                try (Upload upload = store.begin()) {
                    upload.write(new byte[3_000_000], 0, 3_000_000);
                    upload.commit(PACK);
                } catch (IOException e) {
                    failures.add(e);
                }
            });
            assertTrue(thread.join(Duration.ofSeconds(30)));
            assertEquals(1, failures.size());
            assertEquals(-1, store.size(PACK));
            assertEquals(Set.of(), files());
            put(store, PACK, 3_000_000);
        }
    }

    @Test
    void severalProcessesNeverCreateOneObjectTwice() throws Exception {
        provider.create(place.toString()).close();
        List<Process> processes = new ArrayList<>();
        try {
            for (String me : List.of("a", "b", "c")) {
                processes.add(StoreProcess.start("race", place, me));
            }
            List<BufferedReader> outputs = new ArrayList<>();
            for (Process process : processes) {
                BufferedReader output = process.inputReader(StandardCharsets.US_ASCII);
                assertEquals("ready", output.readLine());
                outputs.add(output);
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            int created = 0;
            for (BufferedReader output : outputs) {
                created += Integer.parseInt(output.readLine());
            }
            assertEquals(300, created);
        } finally {
            for (Process process : processes) {
                end(process);
            }
        }
        try (BlobStore store = provider.open(place.toString())) {
            for (int i = 0; i < 300; i++) {
                String text = new String(store.get("race/" + i, 1000), StandardCharsets.US_ASCII);
                assertEquals(text.substring(0, 1).repeat(100 + i), text);
            }
        }
        assertEquals(300, files().size());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedOnOpening() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/sys/kernel/random/boot_id")), "only Linux can tell");
        provider.create(place.toString()).close();
        Process process = StoreProcess.start("stream", place, "");
        try {
            assertEquals("ready", process.inputReader(StandardCharsets.US_ASCII).readLine());
            provider.open(place.toString()).close();
            assertEquals(2, files().size(), "the file of a live process stays");
        } finally {
            end(process);
        }
        assertEquals(2, files().size());
        provider.open(place.toString()).close();
        assertEquals(Set.of("done"), files());
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    private static void put(BlobStore store, String name, int size) throws IOException {
        assertTrue(store.put(name, ByteBuffer.allocate(size)));
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            Set<String> files = new TreeSet<>();
            all.filter(Files::isRegularFile).forEach(
                    file -> files.add(place.relativize(file).toString().replace('\\', '/')));
            return files;
        }
    }
}
