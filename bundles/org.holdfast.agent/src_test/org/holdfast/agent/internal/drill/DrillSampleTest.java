package org.holdfast.agent.internal.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.Test;

class DrillSampleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
    private static final long GIB = 1L << 30;

    private static Entry file(String name, long size, Duration age) {
        return new Entry(RawPath.of("/data/" + name), EntryType.FILE, size, NOW.minus(age), 0644, 0, 0, "", "", null,
                Change.UNKNOWN);
    }

    /** Ten thousand small new files, and a few of other kinds. */
    private static List<Entry> server() {
        var all = new ArrayList<Entry>();
        for (int i = 0; i < 10_000; i++) {
            all.add(file("small-" + i, 100, Duration.ofDays(1)));
        }
        for (int i = 0; i < 5; i++) {
            all.add(file("large-" + i, 70L << 20, Duration.ofDays(1)));
            all.add(file("old-" + i, 100, Duration.ofDays(1000)));
            all.add(file("young-" + i, 2L << 20, Duration.ofDays(100)));
        }
        return all;
    }

    private static List<Entry> choose(long seed, int most, long bytes, List<Entry> all, Set<Entry> drilled,
            Set<Entry> suspect) {
        var sample = new DrillSample(seed, most, NOW);
        all.forEach(entry -> sample.add(entry, drilled.contains(entry), suspect.contains(entry)));
        return sample.choose(most, bytes);
    }

    private static long named(List<Entry> chosen, String kind) {
        return chosen.stream().filter(e -> e.name().startsWith(kind)).count();
    }

    @Test
    void allKindsAreMet() {
        List<Entry> chosen = choose(1, 20, GIB, server(), Set.of(), Set.of());
        assertEquals(20, chosen.size());
        assertEquals(20, new HashSet<>(chosen).size());
        for (String kind : List.of("small", "large", "old", "young")) {
            assertEquals(5, named(chosen, kind), kind);
        }
    }

    @Test
    void theSameSeedChoosesTheSame() {
        assertEquals(choose(7, 50, GIB, server(), Set.of(), Set.of()),
                choose(7, 50, GIB, server(), Set.of(), Set.of()));
        assertNotEquals(choose(7, 50, GIB, server(), Set.of(), Set.of()),
                choose(8, 50, GIB, server(), Set.of(), Set.of()));
    }

    @Test
    void everyFileOfAKindHasTheSameChance() {
        var all = new ArrayList<Entry>();
        for (int i = 0; i < 100; i++) {
            all.add(file("f" + i, 10, Duration.ofDays(1)));
        }
        var times = new int[100];
        for (int seed = 0; seed < 2000; seed++) {
            choose(seed, 10, GIB, all, Set.of(), Set.of()).forEach(e -> times[all.indexOf(e)]++);
        }
        for (int i = 0; i < 100; i++) {
            // 200 on average, with a deviation of 13
            assertTrue(times[i] > 130 && times[i] < 270, i + ": " + times[i]);
        }
    }

    @Test
    void whatIsNotDrilledYetGoesFirst() {
        List<Entry> all = server();
        Set<Entry> drilled = new HashSet<>(all.subList(0, 9_990));
        List<Entry> chosen = choose(3, 25, GIB, all, drilled, Set.of());
        assertTrue(chosen.stream().noneMatch(drilled::contains), chosen.toString());
        assertEquals(40, choose(3, 40, GIB, all, drilled, Set.of()).size());
    }

    @Test
    void whatFailedIsChosenAgain() {
        List<Entry> all = server();
        Entry bad = all.get(4711);
        assertTrue(choose(5, 10, GIB, all, Set.of(bad), Set.of(bad)).contains(bad));
    }

    @Test
    void theBytesAreBounded() {
        List<Entry> chosen = choose(1, 100, 100L << 20, server(), Set.of(), Set.of());
        assertTrue(chosen.stream().mapToLong(Entry::size).sum() <= 100L << 20);
        assertEquals(0, named(chosen, "large"));
        List<Entry> alone = List.of(file("large", 70L << 20, Duration.ofDays(1)));
        assertEquals(alone, choose(1, 100, 100L << 20, alone, Set.of(), Set.of()));
        assertEquals(List.of(), choose(1, 100, 50L << 20, alone, Set.of(), Set.of()));
    }

    @Test
    void theRecordLastsAndKnowsEarlierDrills() throws IOException {
        try (var tree = new TempTree()) {
            Path file = tree.resolve("drilled.bin");
            Entry one = file("one", 10, Duration.ofDays(1));
            Entry two = file("two", 10, Duration.ofDays(1));
            DrillRecord record = DrillRecord.read(file);
            int first = record.run(11);
            record.good(one, first);
            record.bad(two);
            record.ended(11, first);

            record = DrillRecord.read(file);
            int second = record.run(12);
            assertEquals(first + 1, second);
            assertEquals(first, record.run(11));
            assertTrue(record.met(one));
            assertTrue(record.metBefore(one, second));
            assertFalse(record.metBefore(one, first), "a repeated drill sees what the first one saw");
            assertFalse(record.met(two));
            assertTrue(record.isSuspect(two));
            assertFalse(record.met(file("one", 11, Duration.ofDays(1))), "it has changed since");
            record.good(two, second);
            assertFalse(record.isSuspect(two));

            Files.writeString(file, "not a record");
            assertFalse(DrillRecord.read(file).met(one));
        }
    }
}
