package org.holdfast.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.KdfParameters;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.Passphrase;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.Targets;
import org.holdfast.engine.internal.backup.BackupOptions;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.testkit.store.FaultyStore;
import org.holdfast.testkit.store.FaultyStore.When;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Every single call to the store fails once, before or after its effect, for itself or with everything after it. What
 * was committed stays restorable bit for bit, the operation says that it failed, and the next ones succeed.
 */
@EnabledOnOs(OS.LINUX)
class FaultSweepTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_CALLS = 300;

    private Bench bench;
    private Path source;
    private Map<String, byte[]> before;
    private Map<String, byte[]> after;
    private String first;

    /** What goes wrong with call n. Calls that only read leave the same behind on either side of their effect. */
    private enum Plan {
        FAIL_BEFORE,
        FAIL_AFTER,
        CUT_AFTER;

        FaultyStore on(MemoryStore under, int n) {
            var faulty = new FaultyStore(under, this == FAIL_BEFORE ? FaultyStore.ALL : FaultyStore.PUBLISHING);
            return switch (this) {
                case FAIL_BEFORE -> faulty.fail(n, When.BEFORE);
                case FAIL_AFTER -> faulty.fail(n, When.AFTER);
                case CUT_AFTER -> faulty.powerCut(n, When.AFTER);
            };
        }
    }

    /** What is tried. */
    private interface Operation {
        void run(LocalOpenVault vault);
    }

    /** What must hold afterwards, whether the operation said that it is done or that it failed. */
    private interface Check {
        void run(MemoryStore under, boolean done, String when) throws IOException;
    }

    @BeforeEach
    void twoStates() throws IOException {
        bench = new Bench();
        source = Files.createDirectory(bench.temp.resolve("source"));
        var random = new Random(7);
        for (int d = 0; d < 3; d++) {
            Path directory = Files.createDirectories(source.resolve("d" + d).resolve("below"));
            for (int f = 0; f < 3; f++) {
                SampleTree.write(directory.resolve("f" + f), random, 200 + 3000 * f);
            }
        }
        SampleTree.write(source.resolve("large"), random, 300_000);
        SampleTree.write(source.resolve("going"), random, 1_200_000);
        // By one worker, so that all data is in one pack, and a part of it garbage later.
        LocalOpenVault vault = bench.open(bench.store);
        vault.options(new BackupOptions(1, 2, Duration.ofDays(1), Long.MAX_VALUE, () -> {}, "test"));
        first = Bench.backup(vault, source).point().id();
        before = SampleTree.contents(source);
        SampleTree.write(source.resolve("d0/below/f1"), random, 5000);
        SampleTree.write(source.resolve("d1/new"), random, 300_000);
        Files.delete(source.resolve("going"));
        Files.delete(source.resolve("d2/below/f0"));
        after = SampleTree.contents(source);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Tries the plans on all calls; returns how many of them made the operation fail. */
    private int sweep(Plan[] plans, String slot, Operation operation, Check check) throws IOException {
        int failed = 0;
        for (Plan plan : plans) {
            for (int n = 1;; n++) {
                MemoryStore under = bench.store.copy();
                FaultyStore faulty = plan.on(under, n);
                LocalOpenVault vault = bench.open(faulty, Clock.systemUTC(), slot, Targets.unsynced());
                HoldfastException failure = assertTimeoutPreemptively(LONGEST, () -> attempt(operation, vault),
                        () -> plan + " hangs: " + faulty.log());
                List<String> log = faulty.log();
                String when = plan + " of " + (n <= log.size() ? log.get(n - 1) : "nothing");
                check.run(under, failure == null, when);
                if (!faulty.fired()) {
                    assertNull(failure, when);
                    break;
                }
                if (failure != null) {
                    assertFalse(failure.getMessage().isBlank(), when);
                    failed++;
                }
                assertTrue(n < MOST_CALLS, "the number of calls does not grow with every try");
            }
        }
        return failed;
    }

    private static HoldfastException attempt(Operation operation, LocalOpenVault vault) {
        try {
            operation.run(vault);
            return null;
        } catch (HoldfastException e) {
            return e;
        }
    }

    /** The vault works: what is there is sound, and everything can be done with it. */
    private void requireWorking(MemoryStore under, String when) throws IOException {
        LocalOpenVault vault = bench.open(under);
        String next = assertTimeoutPreemptively(LONGEST, () -> Bench.backup(vault, source), when).point().id();
        LocalOpenVault later = bench.openLater(under);
        Bench.retain(later, 1);
        Bench.retain(later, 1);
        assertEquals(List.of(next), Bench.ids(later), when);
        VerifyResult verified = Bench.verify(later);
        assertEquals(List.of(), verified.damages(), when);
        assertEquals(0, verified.orphans(), when + ": what was left behind is collected");
        bench.requireContent(later, next, "source", after, when);
    }

    @Test
    void backupsThatFailHurtNothing() throws IOException {
        int failed = sweep(Plan.values(), "", vault -> Bench.backup(vault, source), (under, done, when) -> {
            LocalOpenVault vault = bench.open(under);
            assertEquals(List.of(), Bench.verify(vault).damages(), when);
            List<String> ids = Bench.ids(vault);
            assertEquals(first, ids.getFirst(), when);
            // What only helps, as an earlier point does, may be missing; then the work is done without it.
            assertTrue(done ? ids.size() == 2 : ids.size() <= 2, when);
            bench.requireContent(vault, first, "source", before, when);
            if (ids.size() == 2) {
                bench.requireContent(vault, ids.getLast(), "source", after, when);
            }
            requireWorking(under, when);
        });
        assertTrue(failed > 20, failed + " failures");
    }

    @Test
    void collectionsThatFailHurtNothing() throws IOException {
        String second = Bench.backup(bench.open(bench.store), source).point().id();
        MemoryStore probe = bench.store.copy();
        assertTrue(Bench.retain(bench.open(probe), 1).packsCompacted() > 0, "there is something to rewrite");
        int failed = sweep(Plan.values(), "", vault -> Bench.retain(vault, 1), (under, done, when) -> {
            LocalOpenVault vault = bench.open(under);
            assertEquals(List.of(), Bench.verify(vault).damages(), when);
            List<String> ids = Bench.ids(vault);
            assertEquals(second, ids.getLast(), when);
            assertTrue(done ? ids.size() == 1 : ids.size() <= 2, when);
            bench.requireContent(vault, second, "source", after, when);
            if (ids.size() == 2) {
                bench.requireContent(vault, first, "source", before, when);
            }
            requireWorking(under, when);
        });
        assertTrue(failed > 20, failed + " failures");
    }

    /** The old passphrase or the new one opens the vault, whatever fails. */
    @Test
    void changesOfThePassphraseThatFailLockNobodyOut() throws Exception {
        char[] old = "old correct horse battery".toCharArray();
        char[] changed = "new correct horse battery".toCharArray();
        KeySlot slot;
        try (Passphrase passphrase = Passphrase.of(old)) {
            slot = KeySlot.create(bench.root, bench.domain(), passphrase, KdfParameters.DEFAULT, "",
                    Clock.systemUTC().instant());
        }
        KeyRing.put(bench.store, slot);
        // Two plans leave the vault in all states there are; every try costs the time that a passphrase takes.
        int failed = sweep(new Plan[] { Plan.FAIL_BEFORE, Plan.CUT_AFTER }, slot.idText(),
                vault -> vault.changePassphrase(changed), (under, done, when) -> {
                    List<String> slots = KeyRing.slots(under).stream().map(KeySlot::idText).toList();
                    assertTrue(slots.size() == 1 || slots.size() == 2, when);
                    assertTrue(!done || !slots.contains(slot.idText()), when);
                    if (!slots.contains(slot.idText())) {
                        // Only here it is worth the time that a passphrase takes.
                        try (var key = KeyRing.unlock(under, bench.domain(), changed).rootKey()) {
                            assertTrue(Arrays.equals(bench.root.copy(), key.copy()), when);
                        }
                    }
                    bench.requireContent(bench.open(under), first, "source", before, when);
                });
        assertTrue(failed == 6, failed + " failures");
    }
}
