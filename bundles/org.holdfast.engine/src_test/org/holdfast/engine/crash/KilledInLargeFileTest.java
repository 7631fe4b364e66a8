package org.holdfast.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.engine.internal.Targets;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed in the middle of a large file; the next one reads on behind the last checkpoint. */
class KilledInLargeFileTest {
    private static final int BYTES = 48 << 20;
    /** Bytes of the other file, by which its read is known. */
    private static final int SMALL = 3001;
    /** What is read and not cut yet when a checkpoint is made: a read buffer at most. */
    private static final long AHEAD = 3 << 20;

    private TempTree temp;
    private Path vault;
    private Path tree;
    private Path large;
    private final AtomicLong lowest = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong read = new AtomicLong();

    @BeforeEach
    void create() throws IOException {
        temp = TempTree.inMemory();
        vault = temp.resolve("vault");
        tree = Files.createDirectory(temp.resolve("tree"));
        large = tree.resolve("large");
        Trees.write(large, new Random(5), BYTES);
        Trees.write(tree.resolve("small"), new Random(6), SMALL);
        CrashChild.service().create(vault.toString(), CrashChild.PASSPHRASE.toCharArray());
    }

    @AfterEach
    void delete() {
        temp.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 5 })
    @Timeout(120)
    void whatTheLastCheckpointHasIsNotReadAgain(int checkpoints) throws IOException, InterruptedException {
        killAfter(checkpoints);
        try (OpenVault open = open()) {
            assertEquals(0, open.points().size());
            assertEquals(List.of(), open.verify(true, ProgressSink.NONE, new CancelToken()).damages());
            BackupResult result = backup(open);
            assertTrue(result.resumed());
            assertTrue(lowest.get() >= checkpoints * LargeFileChild.EVERY - AHEAD, () -> "read from " + lowest);
            assertEquals(BYTES, lowest.get() + read.get(), "read once from there to the end");
            requireTree(open, result.point().id());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 3 })
    @Timeout(120)
    void whatChangedMeanwhileIsReadFromItsStart(int checkpoints) throws IOException, InterruptedException {
        killAfter(checkpoints);
        Trees.write(large, new Random(7), BYTES);
        try (OpenVault open = open()) {
            BackupResult result = backup(open);
            assertTrue(result.resumed());
            assertEquals(0, lowest.get());
            assertEquals(BYTES, read.get());
            requireTree(open, result.point().id());
        }
    }

    private void killAfter(int checkpoints) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Surefire starts the tests with a jar that names the class path, and the real one in this property.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process child = new ProcessBuilder(java.toString(), "-XX:+UseSerialGC", "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temp.path(), "-cp", classPath,
                LargeFileChild.class.getName(), vault.toString(), tree.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = child.inputReader(); var goOn = child.getOutputStream()) {
            for (int i = 1; i <= checkpoints; i++) {
                assertEquals(LargeFileChild.CHECKPOINT, lines.readLine(), "checkpoint " + i);
                if (i < checkpoints) {
                    goOn.write(1);
                    goOn.flush();
                }
            }
            child.toHandle().destroyForcibly();
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child did not die");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private OpenVault open() {
        return new LocalVaultService(List.of(new DirectoryStoreProvider()),
                List.of((SourceProvider) counting(SourceProvider.class, Targets.unsynced())), Clock.systemUTC())
                .open(vault.toString(), CrashChild.PASSPHRASE.toCharArray());
    }

    private BackupResult backup(OpenVault open) {
        return open.backup(BackupRequest.of(List.of(RawPath.of(tree.toString()))), ProgressSink.NONE,
                new CancelToken());
    }

    private void requireTree(OpenVault open, String point) throws IOException {
        try (var target = new TempTree(temp.path())) {
            var request = new RestoreRequest(point, List.of(), RawPath.of(target.path().toString()), IfExists.COPY,
                    true, true, false);
            assertEquals(List.of(), open.restore(request, ProgressSink.NONE, new CancelToken()).warnings());
            assertEquals(Trees.digest(tree), Trees.digest(target.resolve("tree")));
        }
    }

    /** The same thing, but what is read of the large file is counted. */
    private Object counting(Class<?> type, Object inner) {
        return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
            Object result;
            try {
                result = method.invoke(inner, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (type == SourceFile.class && method.getName().equals("read") && (int) result > 0
                    && (int) result != SMALL) {
                lowest.accumulateAndGet((long) args[0], Math::min);
                read.addAndGet((int) result);
            }
            for (Class<?> wrapped : List.of(Source.class, SourceDirectory.class, SourceFile.class)) {
                if (method.getReturnType() == wrapped) {
                    return counting(wrapped, result);
                }
            }
            return result;
        });
    }
}
