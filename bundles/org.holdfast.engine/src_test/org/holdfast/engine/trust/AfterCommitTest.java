package org.holdfast.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.backup.BackupOptions;
import org.holdfast.testkit.store.FaultyStore;
import org.holdfast.testkit.store.FaultyStore.Call;
import org.holdfast.testkit.store.FaultyStore.When;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A point that is committed is there: what cannot be tidied up behind it is a warning, never a failed backup. */
class AfterCommitTest {
    private Bench bench;
    private Path source;
    private Map<String, byte[]> content;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        source = Files.createDirectory(bench.temp.resolve("source"));
        var random = new Random(17);
        for (int d = 0; d < 3; d++) {
            SampleTree.write(Files.createDirectory(source.resolve("d" + d)).resolve("f"), random, 50_000);
        }
        content = SampleTree.contents(source);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Keeps the warnings that are told while the job runs. */
    private static final class Told implements ProgressSink {
        private final List<Warning> warnings = new ArrayList<>();

        @Override
        public void progress(Progress progress) {
            // Not of interest here.
        }

        @Override
        public void warning(Warning warning) {
            warnings.add(warning);
        }
    }

    @Test
    void whatCannotBeRemovedIsAWarning() throws IOException {
        List<String> left = new ArrayList<>();
        for (int n = 1;; n++) {
            MemoryStore under = bench.store.copy();
            FaultyStore faulty = new FaultyStore(under, Set.of(Call.DELETE)).fail(n, When.BEFORE);
            LocalOpenVault vault = bench.open(faulty);
            vault.options(new BackupOptions(2, 2, Duration.ofDays(1), 0, () -> {}, "test"));
            var told = new Told();
            BackupResult result = null;
            try {
                result = vault.backup(BackupRequest.of(List.of(Bench.raw(source))), told, new CancelToken());
            } catch (HoldfastException e) {
                assertEquals(List.of(), Bench.ids(bench.open(under)), "a backup that failed made a point: " + e);
            }
            if (!faulty.fired()) {
                break;
            }
            if (result == null) {
                continue;
            }
            String call = faulty.log().get(n - 1);
            assertEquals(List.of(result.point().id()), Bench.ids(bench.open(under)), call);
            assertEquals(1, result.warnings().size(), call);
            assertEquals(result.warnings(), told.warnings, call);
            Warning warning = result.warnings().getFirst();
            assertEquals(Problem.STORE_UNAVAILABLE, warning.problem(), call);
            assertTrue(warning.reason().startsWith("The recovery point is complete, but "), warning.reason());
            assertTrue(warning.reason().contains("Made to fail at call " + n), warning.reason());
            left.add(warning.path().toString().replaceAll("/.*", ""));
            bench.requireContent(bench.open(under), result.point().id(), "source", content, call);
            requireTidied(under, call);
        }
        assertEquals(List.of("checkpoints", "sessions"), left);
    }

    /** The next backup, and retain once the session has run out, remove what was left. */
    private void requireTidied(MemoryStore under, String call) {
        Bench.backup(bench.open(under), source);
        LocalOpenVault later = bench.openLater(under);
        Bench.retain(later, 1);
        assertEquals(0, Bench.verify(later).orphans(), call);
        List<String> objects = new ArrayList<>();
        under.list("checkpoints/", info -> objects.add(info.name()));
        under.list("sessions/", info -> objects.add(info.name()));
        assertEquals(List.of(), objects, call);
    }
}
