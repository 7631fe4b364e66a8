package org.holdfast.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes back up into one vault and remove old points from it, all at the same time and without knowing of each
 * other. Every point that is to be there comes back bit for bit.
 */
class ConcurrentProcessesTest {
    private static final int POINTS = 10;

    private TempTree temp;
    private Path vault;

    @BeforeEach
    void create() {
        temp = TempTree.inMemory();
        vault = temp.resolve("vault");
        CrashChild.service().create(vault.toString(), CrashChild.PASSPHRASE.toCharArray());
    }

    @AfterEach
    void delete() {
        temp.close();
    }

    /** A process and what it has said: its points, oldest first, with the digest of the tree that each must have. */
    private static final class Child {
        private final Path tree;
        private final Process process;
        private final Map<String, String> committed = new LinkedHashMap<>();

        Child(Path tree, Process process) {
            this.tree = tree;
            this.process = process;
        }

        /** Reads until there are enough points; then the process notices that nobody listens any more, and ends. */
        Child listen() {
            try (BufferedReader lines = process.inputReader()) {
                String digest = "";
                while (committed.size() < POINTS) {
                    String line = lines.readLine();
                    assertTrue(line != null, "the process ended by itself");
                    if (line.startsWith(CrashChild.TREE)) {
                        digest = line.substring(CrashChild.TREE.length());
                    } else if (line.startsWith(CrashChild.COMMITTED)) {
                        committed.put(line.substring(CrashChild.COMMITTED.length()), digest);
                    }
                }
                return this;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private Child start(String name, int seed) throws IOException {
        Path tree = Files.createDirectory(temp.resolve(name));
        // The same in both, and new to the vault, so that both find it missing.
        Trees.write(tree.resolve("same"), new java.util.Random(1), 3_000_000);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Surefire starts the tests with a jar that names the class path, and the real one in this property.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new Child(tree, new ProcessBuilder(java.toString(), "-XX:+UseSerialGC", "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temp.path(), "-cp", classPath,
                CrashChild.class.getName(), vault.toString(), tree.toString(), Integer.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    @Test
    @Timeout(240)
    void everyPointOfBothIsWhole() throws Exception {
        var children = new ArrayList<Child>();
        try {
            children.add(start("one", 1));
            children.add(start("two", 2));
            List<CompletableFuture<Child>> heard = children.stream().map(child -> CompletableFuture
                    .supplyAsync(child::listen, task -> Thread.ofVirtual().start(task))).toList();
            for (CompletableFuture<Child> child : heard) {
                child.get(200, TimeUnit.SECONDS);
            }
            for (Child child : children) {
                assertTrue(child.process.waitFor(60, TimeUnit.SECONDS), "the process did not end");
                assertEquals(0, child.process.exitValue());
            }
        } finally {
            for (Child child : children) {
                child.process.destroyForcibly().waitFor();
            }
        }
        try (OpenVault open = CrashChild.service().open(vault.toString(), CrashChild.PASSPHRASE.toCharArray())) {
            assertEquals(List.of(), open.verify(true, ProgressSink.NONE, new CancelToken()).damages());
            List<String> points = open.points().stream().map(PointSummary::id).toList();
            for (Child child : children) {
                List<String> ids = List.copyOf(child.committed.keySet());
                int restored = 0;
                for (String id : ids) {
                    if (points.contains(id)) {
                        assertEquals(child.committed.get(id), restored(open, id, child.tree), id);
                        restored++;
                    }
                }
                // The last backup, and a retention with it, may have come after the process was heard.
                assertTrue(restored >= CrashChild.KEEP - 1, () -> ids + " in " + points);
                BackupResult last = open.backup(BackupRequest.of(List.of(RawPath.of(child.tree.toString()))),
                        ProgressSink.NONE, new CancelToken());
                assertEquals(0, last.newChunks(), "what both have stored is known");
                assertEquals(Trees.digest(child.tree), restored(open, last.point().id(), child.tree));
            }
        }
    }

    private String restored(OpenVault open, String id, Path tree) throws IOException {
        try (var target = new TempTree(temp.path())) {
            var request = new RestoreRequest(id, List.of(), RawPath.of(target.path().toString()), IfExists.COPY, true,
                    true, false);
            assertEquals(List.of(), open.restore(request, ProgressSink.NONE, new CancelToken()).warnings());
            return Trees.digest(target.resolve(tree.getFileName().toString()));
        }
    }
}
