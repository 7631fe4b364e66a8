package org.holdfast.store.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is full, written past the page cache. Needs root for the small disk, and is skipped without. */
class FullDiskTest {
    private static final int MIB = 1 << 20;

    private @TempDir Path temp = Path.of("");
    private boolean mounted;

    @Test
    void keepsWhatIsThereAndGivesTheRestBack() throws Exception {
        Path disk = smallDisk();
        byte[] bytes = new byte[5 * MIB];
        Arrays.fill(bytes, (byte) 7);
        try (BlobStore store = new DirectoryStoreProvider().create(disk.toString())) {
            Set<String> kept = new TreeSet<>();
            assertThrows(StoreFullException.class, () -> {
                for (int i = 0; i < 10; i++) {
                    assertTrue(store.put("o/" + i, ByteBuffer.wrap(bytes)));
                    kept.add("o/" + i);
                }
            });
            assertTrue(kept.size() >= 2, () -> "kept " + kept);
            long free = store.freeBytes();
            for (int round = 0; round < 5; round++) {
                assertThrows(StoreFullException.class, () -> {
                    try (Upload upload = store.begin()) {
                        for (int i = 0; i < 20; i++) {
                            upload.write(bytes, 0, MIB + i);
                        }
                        upload.commit("never");
                    }
                });
            }
            assertTrue(store.freeBytes() >= free - MIB / 2, "room got lost");
            Set<String> names = new TreeSet<>();
            store.list("", info -> names.add(info.name()));
            assertEquals(kept, names);
            for (String name : kept) {
                assertArrayEquals(bytes, store.get(name, bytes.length));
            }
            assertTrue(store.delete("o/0"));
            assertTrue(store.put("again", ByteBuffer.wrap(bytes, 0, 4 * MIB)));
            assertEquals(4 * MIB, store.size("again"));
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", temp.resolve("disk").toString());
        }
    }

    private Path smallDisk() throws IOException, InterruptedException {
        Path image = temp.resolve("image");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(24 * MIB);
        }
        mounted = run("mkfs.ext4", "-q", "-F", image.toString())
                && run("mount", "-o", "loop", image.toString(), disk.toString());
        Assumptions.assumeTrue(mounted, "no small disk can be made here");
        return disk;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
