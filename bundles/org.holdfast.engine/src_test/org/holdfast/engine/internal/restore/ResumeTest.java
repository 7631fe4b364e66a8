package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.vault.IfExists;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.Targets;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TreeCompare;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A restore that ends at any point, by any cause, is run again and then everything is as if nothing had happened. */
@EnabledOnOs(OS.LINUX)
class ResumeTest {
    private static final byte[] MINE = "somebody's own file, of another length than the backup".getBytes();

    private TempTree temp;
    private TestVault vault;
    private Path source;
    private Points.Stored point;
    private AtomicReference<MortalTarget> mortal = new AtomicReference<>();

    @BeforeEach
    void backUp() throws IOException {
        temp = new TempTree();
        vault = new TestVault(new MemoryStore());
        source = Files.createDirectory(temp.resolve("source"));
        var random = new Random(3);
        Files.createDirectories(source.resolve("a/b"));
        SampleTree.write(source.resolve("a/mine"), random, 5000);
        SampleTree.write(source.resolve("a/b/one"), random, 3000);
        SampleTree.write(source.resolve("a/b/two"), random, 700);
        SampleTree.write(source.resolve("tiny"), random, 20);
        SampleTree.write(source.resolve("large"), random, 6 << 20);
        Files.createFile(source.resolve("empty"));
        Files.createLink(source.resolve("z"), source.resolve("a/b/one"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("tiny"));
        point = vault.backup(source);
    }

    @AfterEach
    void close() {
        vault.close();
        temp.close();
    }

    private SourceProvider mortal(int call, boolean full) {
        return Targets.wrapping(target -> {
            mortal.set(new MortalTarget(target, call, full));
            return mortal.get();
        });
    }

    private Path prepared(String name) throws IOException {
        Path target = temp.resolve(name);
        Files.createDirectories(target.resolve("source/a"));
        Files.write(target.resolve("source/a/mine"), MINE);
        return target;
    }

    private void attempt(Path target, IfExists rule, SourceProvider files) {
        vault.restore(point, TestVault.request(point, target, rule), files, ProgressSink.NONE, new CancelToken());
    }

    /** Everything is there, and of somebody's own file what the rule promises. */
    private void check(Path target, IfExists rule, String what) throws IOException {
        Path copy = target.resolve("source/a/mine (restored 2026-11-23 04.10.05)");
        var names = new ArrayList<>(List.of("b", "mine"));
        if (rule == IfExists.COPY) {
            assertArrayEquals(MINE, Files.readAllBytes(target.resolve("source/a/mine")), what);
            names.add(copy.getFileName().toString());
        }
        assertEquals(names, RoundTripTest.names(target.resolve("source/a")), what);
        if (rule == IfExists.COPY) {
            Files.move(copy, target.resolve("source/a/mine"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source"),
                    TreeCompare.Ignore.DIRECTORY_TIMES), what);
        } else {
            assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")), what);
        }
        assertEquals(List.of("source"), RoundTripTest.names(target), what);
    }

    @Test
    void killedAtAnyCallItGoesOnWhereItStopped() throws IOException {
        for (IfExists rule : List.of(IfExists.COPY, IfExists.OVERWRITE)) {
            boolean fired = true;
            for (int call = 1; fired; call++) {
                Path target = prepared(rule + "-" + call);
                String what = rule + " killed at call " + call;
                try {
                    attempt(target, rule, mortal(call, false));
                } catch (MortalTarget.Killed e) {
                    assertTrue(mortal.get().fired(), what);
                }
                fired = mortal.get().fired();
                attempt(target, rule, Targets.unsynced());
                check(target, rule, what);
            }
        }
    }

    @Test
    void killedAgainAndAgainItComesToAnEnd() throws IOException {
        Path target = prepared("often");
        for (int call = 1; call == 1 || mortal.get().fired(); call += 3) {
            try {
                attempt(target, IfExists.COPY, mortal(call, false));
            } catch (MortalTarget.Killed e) {
                assertTrue(mortal.get().fired());
            }
        }
        check(target, IfExists.COPY, "killed often");
    }

    @Test
    void aFullDiskIsToldAndLeavesNothingIncomplete() throws IOException {
        boolean fired = true;
        for (int call = 2; fired; call++) { // without the journal, which is the first call, a restore does its work too
            Path target = prepared("full-" + call);
            HoldfastException failure = null;
            try {
                attempt(target, IfExists.COPY, mortal(call, true));
            } catch (HoldfastException e) {
                failure = e;
            }
            fired = mortal.get().fired();
            String what = "full at call " + call;
            if (failure != null) {
                assertEquals(Problem.FILE_NOT_RESTORED, failure.problem(), what);
                assertTrue(failure.getMessage().contains("no room"), what);
            }
            SampleTree.contents(target.resolve("source")).forEach((path, content) -> {
                Path original = source.resolve(path.replaceAll(" \\(restored.*\\)", ""));
                try {
                    if (path.equals("a/mine")) {
                        assertArrayEquals(MINE, content, what);
                    } else {
                        assertArrayEquals(Files.readAllBytes(original), content, what + ": " + path);
                    }
                } catch (IOException e) {
                    throw new AssertionError(what + ": " + path, e);
                }
            });
            attempt(target, IfExists.COPY, Targets.unsynced());
            check(target, IfExists.COPY, what);
        }
    }

    @Test
    void cancelledItLeavesNothingIncompleteAndStopsAtOnce() throws IOException {
        Path target = prepared("cancelled");
        var cancel = new CancelToken();
        SourceProvider files = Targets.wrapping(inner -> {
            cancel.cancel();
            return inner;
        });
        HoldfastException e = assertThrows(HoldfastException.class, () -> vault.restore(point,
                TestVault.request(point, target, IfExists.COPY), files, ProgressSink.NONE, cancel));
        assertEquals(Problem.CANCELLED, e.problem());
        attempt(target, IfExists.COPY, Targets.unsynced());
        check(target, IfExists.COPY, "cancelled");
    }

    @Test
    void somebodysPrivateFileIsNotTakenForALeftover() throws IOException {
        Path target = prepared("private");
        Files.setPosixFilePermissions(target.resolve("source/a/mine"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        for (int call = 1; call < 60; call++) {
            try {
                attempt(target, IfExists.COPY, mortal(call, false));
            } catch (MortalTarget.Killed e) {
                assertArrayEquals(MINE, Files.readAllBytes(target.resolve("source/a/mine")));
            }
        }
        attempt(target, IfExists.COPY, Targets.unsynced());
        check(target, IfExists.COPY, "private");
    }
}
