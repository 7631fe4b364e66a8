package org.holdfast.store.directory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to give a file its name, so also those that only odd file systems need. */
class PublisherTest {
    private @TempDir Path root = Path.of("");

    @ParameterizedTest
    @CsvSource({ "true, true", "false, true", "false, false" })
    void theFirstGetsTheName(boolean links, boolean atomicRename) throws IOException {
        Publisher publisher = publisher(links, atomicRename);
        Path target = root.resolve("a/b/c");
        assertFalse(publisher.isPublished(target));
        assertTrue(publisher.publish(temp("first"), target));
        assertTrue(publisher.isPublished(target));
        assertFalse(publisher.publish(temp("second"), target));
        assertEquals("first", Files.readString(target));
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "false, true", "false, false" })
    void ofManyThreadsOneIsFirst(boolean links, boolean atomicRename) throws Exception {
        Publisher publisher = publisher(links, atomicRename);
        for (int round = 0; round < 30; round++) {
            Path target = root.resolve("race/" + round);
            CountDownLatch ready = new CountDownLatch(4);
            List<Callable<Boolean>> jobs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path temp = temp(round + "-" + i);
                jobs.add(() -> {
                    ready.countDown();
                    ready.await();
                    return publisher.publish(temp, target);
                });
            }
            int winner = -1;
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Future<Boolean>> results = threads.invokeAll(jobs);
                for (int i = 0; i < 4; i++) {
                    if (results.get(i).get()) {
                        assertEquals(-1, winner, "two were first");
                        winner = i;
                    }
                }
            }
            assertEquals(round + "-" + winner, Files.readString(target));
        }
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "false, true", "false, false" })
    void saysWhatIsWrong(boolean links, boolean atomicRename) throws IOException {
        Publisher publisher = publisher(links, atomicRename);
        assertThrows(NoSuchFileException.class, () -> publisher.publish(root.resolve("lost"), root.resolve("x")));
        Files.createDirectory(root.resolve("d"));
        Path temp = temp("t");
        assertThrows(FileSystemException.class, () -> publisher.publish(temp, root.resolve("d")));
        assertThrows(FileSystemException.class, () -> publisher.publish(temp, temp.resolve("below")));
        assertEquals("t", Files.readString(temp));
        assertTrue(publisher.publish(temp, root.resolve("y")), "a failure changes nothing for the next");
    }

    private Publisher publisher(boolean links, boolean atomicRename) {
        return new Publisher(new Directories(root), links, atomicRename);
    }

    private Path temp(String text) throws IOException {
        return Files.writeString(root.resolve("temp-" + text), text);
    }
}
