package org.holdfast.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that backs up and retains is killed again and again. Whatever it was doing: what it has called committed
 * comes back bit for bit, the vault is sound, and the next process goes on in it.
 */
class KilledProcessTest {
    private static final int ROUNDS = 10;
    private static final long SEED = 20261123;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TempTree temp;
    private Path vault;
    private Path tree;
    private OpenVault open;
    /** Points that were reported or found, oldest first, with the digest of the tree in them. */
    private final Map<String, String> known = new LinkedHashMap<>();
    /** Those of them that retention may have removed. */
    private final Set<String> mayBeGone = new HashSet<>();
    private int interrupted;

    @BeforeEach
    void create() throws IOException {
        // Death of a process loses nothing that it has written, so no disk is needed to see what it leaves.
        temp = TempTree.inMemory();
        vault = temp.resolve("vault");
        tree = Files.createDirectory(temp.resolve("tree"));
        CrashChild.service().create(vault.toString(), CrashChild.PASSPHRASE.toCharArray());
        open = CrashChild.service().open(vault.toString(), CrashChild.PASSPHRASE.toCharArray());
    }

    @AfterEach
    void delete() {
        open.close();
        temp.close();
    }

    @Test
    @Timeout(300)
    void nothingCommittedIsEverLost() throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String last = killOne(round, new Random(SEED + round));
            check("round " + round, last);
            endLeases();
        }
        assertTrue(known.size() > ROUNDS, "only " + known.size() + " points");
        assertFalse(mayBeGone.isEmpty(), "retention never ran");
        assertTrue(interrupted > 0, "no kill hit a running backup");
    }

    /** Runs a child until a moment of chance, and returns the digest of the tree that it was backing up, if any. */
    private String killOne(int round, Random random) throws IOException, InterruptedException {
        Process child = start(SEED * 31 + round);
        String tree = "";
        try (BufferedReader lines = child.inputReader()) {
            // From the very first backup on in the one round, right after a retention has begun in another.
            String awaited = List.of(CrashChild.TREE, CrashChild.COMMITTED, CrashChild.TREE, CrashChild.RETAIN)
                    .get(round % 4);
            int count = 1 + random.nextInt(awaited.equals(CrashChild.RETAIN) ? 2 : 5);
            while (count > 0) {
                String line = lines.readLine();
                assertTrue(line != null, "the child ended by itself in round " + round);
                tree = learn(line, tree);
                count -= line.startsWith(awaited) ? 1 : 0;
            }
            if (round % 4 == 2) {
                awaitUpload(child);
            } else {
                assertFalse(child.waitFor(random.nextInt(120), TimeUnit.MILLISECONDS), "the child ended by itself");
            }
            // The process itself would close the stream, with the last lines in it.
            child.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tree = learn(line, tree);
            }
            assertTrue(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the child did not die");
        } finally {
            child.destroyForcibly().waitFor();
        }
        return tree;
    }

    private Process start(long seed) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Surefire starts the tests with a jar that names the class path, and the real one in this property.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(java.toString(), "-XX:+UseSerialGC", "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temp.path(), "-cp", classPath,
                CrashChild.class.getName(), vault.toString(), tree.toString(), Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Takes in a line of the child; returns the digest of the tree that is not in a reported point yet. */
    private String learn(String line, String pending) {
        if (line.startsWith(CrashChild.TREE)) {
            return line.substring(CrashChild.TREE.length());
        }
        if (line.startsWith(CrashChild.COMMITTED)) {
            known.put(line.substring(CrashChild.COMMITTED.length()), pending);
            return "";
        }
        assertEquals(CrashChild.RETAIN, line);
        List<String> all = new ArrayList<>(known.keySet());
        mayBeGone.addAll(all.subList(0, Math.max(0, all.size() - CrashChild.KEEP)));
        return pending;
    }

    /** Waits until the child has a file under construction. */
    private void awaitUpload(Process child) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (files(vault.resolve("tmp")).isEmpty()) {
            assertTrue(child.isAlive(), "the child ended by itself");
            assertTrue(System.nanoTime() < deadline, "no upload was seen");
            Thread.onSpinWait();
        }
    }

    private void check(String round, String pending) throws IOException {
        CrashChild.service().inspect(vault.toString());
        assertEquals(List.of(), files(vault.resolve("tmp")), round + ": files of the dead process");
        List<String> points = open.points().stream().map(PointSummary::id).toList();
        for (String id : points) {
            if (!known.containsKey(id)) {
                // Committed in the moment before it could be reported, so it must be what was being backed up.
                assertEquals(points.getLast(), id, round);
                assertFalse(pending.isEmpty(), round + ": nobody made " + id);
                known.put(id, pending);
            }
        }
        interrupted += pending.isEmpty() || known.containsValue(pending) ? 0 : 1;
        List<String> required = known.keySet().stream().filter(id -> !mayBeGone.contains(id)).toList();
        assertTrue(points.containsAll(required), round + ": " + required + " in " + points);
        for (String id : points) {
            assertEquals(known.get(id), restored(id), round + ": " + id);
        }
        VerifyResult result = open.verify(true, ProgressSink.NONE, new CancelToken());
        assertEquals(List.of(), result.damages(), round);
        assertEquals(points.size(), result.points(), round);
    }

    private String restored(String id) throws IOException {
        try (var target = new TempTree(temp.path())) {
            var request = new RestoreRequest(id, List.of(), RawPath.of(target.path().toString()), IfExists.COPY, true,
                    true, false);
            assertEquals(List.of(), open.restore(request, ProgressSink.NONE, new CancelToken()).warnings());
            return Trees.digest(target.resolve("tree"));
        }
    }

    /** Lets the leases of the dead run out, so that retention can collect what they left. */
    private void endLeases() throws IOException {
        for (Path session : files(vault.resolve("sessions"))) {
            Files.setLastModifiedTime(session, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var list = Files.list(directory)) {
            return list.toList();
        }
    }
}
