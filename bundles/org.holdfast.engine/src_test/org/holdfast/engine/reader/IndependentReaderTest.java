package org.holdfast.engine.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.holdfast.engine.golden.GoldenVault;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the documents say is enough to read a vault, and to notice every damage to it. */
class IndependentReaderTest {
    private final TempTree temp = TempTree.inMemory();
    private final Path directory = temp.path();

    @AfterEach
    void clean() {
        temp.close();
    }

    @Test
    void readsTheGoldenVault() throws IOException {
        Path vault = GoldenVault.unpack(directory);
        List<List<String>> expected = GoldenVault.expected();
        List<List<String>> points = ReaderListing.of(vault, GoldenVault.RECOVERY_KEY);
        assertEquals(2, points.size());
        for (int i = 0; i < 2; i++) {
            assertEquals(expected.get(i), points.get(i));
        }
    }

    @Test
    void manifestsSayWhatWasBackedUp() throws IOException {
        var reader = new IndependentReader(GoldenVault.unpack(directory), GoldenVault.RECOVERY_KEY);
        for (IndependentReader.Point point : reader.points()) {
            assertEquals("golden", point.server());
            assertArrayEquals(Crypto.ascii("/srv"), point.base());
            assertArrayEquals(new Object[] { Crypto.ascii("/srv/golden") }, point.items().toArray());
            assertEquals(0, point.warnings());
            assertEquals(0, point.state());
        }
    }

    /** The golden vault has everything that the form of content can be. */
    @Test
    void theGoldenVaultLeavesNothingOut() throws IOException {
        var reader = new IndependentReader(GoldenVault.unpack(directory), GoldenVault.RECOVERY_KEY);
        var bodies = new TreeSet<Integer>();
        var kinds = new TreeSet<Integer>();
        var types = new TreeSet<Integer>();
        var pages = new TreeSet<Integer>();
        reader.walk(reader.points().get(0), (path, entry) -> {
            bodies.add(entry.body);
            types.add(entry.type() >> 12);
            if (entry.segments != null) {
                entry.segments.forEach(s -> kinds.add(s.kind()));
            }
            if (entry.pages != null) {
                pages.add(entry.pages.size());
            }
        });
        assertEquals("[0, 1, 2, 3, 4, 5, 6, 7]", bodies.toString());
        assertEquals("[0, 1, 2]", kinds.toString());
        assertEquals("[1, 2, 4, 6, 8, 10, 12]", types.toString());
        assertTrue(pages.contains(0) && pages.last() > 2, pages.toString());
    }

    @Test
    void aWrongRecoveryKeyOpensNothing() throws IOException {
        Path vault = GoldenVault.unpack(directory);
        String other = "HF1-04002-0G30G-2GC1R-81450-P30D1-R7H04-8J2CA-1A5GQ-30CHM-6RW3M-F1Y39-B7CS0";
        assertArrayEquals(counting(), RecoverySlot.key(other), "the known answer of the document");
        assertArrayEquals(counting(), RecoverySlot.key(other.toLowerCase().replace("0", "o").replace("1", "l")));
        assertThrows(Damaged.class, () -> new IndependentReader(vault, other));
        assertThrows(Damaged.class, () -> RecoverySlot.key(other.replace("81450", "81451")));
    }

    private static byte[] counting() {
        var key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    /** Whatever is changed or missing: the reader says so, or gives exactly what was stored. Never something else. */
    @Test
    void damageIsNeverTakenForData() throws IOException {
        Path vault = GoldenVault.unpack(directory);
        List<List<String>> expected = GoldenVault.expected();
        var harmless = new TreeSet<String>();
        for (String object : GoldenVault.objects(vault)) {
            Path file = vault.resolve(object);
            byte[] good = Files.readAllBytes(file);
            for (byte[] bad : variants(good)) {
                if (bad == null) {
                    Files.delete(file);
                } else {
                    Files.write(file, bad);
                }
                try {
                    List<List<String>> points = ReaderListing.of(vault, GoldenVault.RECOVERY_KEY);
                    // A manifest that is gone is one point less; nobody can tell who looks for the first time.
                    assertTrue(expected.containsAll(points), object);
                    assertTrue(points.size() == 2 || bad == null && object.startsWith("points/"), object);
                    harmless.add(object.replaceAll("[-/][0-9a-f/]{32,}", ""));
                } catch (Damaged e) {
                    assertFalse(e.getMessage().isBlank());
                }
            }
            Files.write(file, good);
        }
        // The index can be made again, the keeper key is derived, the tombstone and what it names are not needed.
        assertTrue(harmless.containsAll(List.of("index/data", "index/meta", "keeper", "tombstones")),
                harmless.toString());
        assertFalse(harmless.contains("vault"));
    }

    private static List<byte[]> variants(byte[] good) {
        var variants = new ArrayList<byte[]>();
        variants.add(null);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 0x10;
        variants.add(flipped);
        return variants;
    }

    /** The point of this reader: it must not know anything but what the documents say. */
    @Test
    void usesNothingOfOurs() throws IOException {
        Path top = Path.of("").toAbsolutePath();
        String sources = "bundles/org.holdfast.engine/src_test/org/holdfast/engine/reader";
        while (!Files.isDirectory(top.resolve(sources))) {
            top = top.getParent();
        }
        var used = new TreeSet<String>();
        try (Stream<Path> files = Files.list(top.resolve(sources))) {
            for (Path file : files.filter(f -> !f.getFileName().toString().endsWith("Test.java")).toList()) {
                Files.readAllLines(file).stream().filter(line -> line.contains("org.holdfast."))
                        .filter(line -> !line.equals("package org.holdfast.engine.reader;")).forEach(used::add);
                Files.readAllLines(file).stream().filter(line -> line.startsWith("import "))
                        .filter(line -> !line.matches("import (java|javax|com\\.github\\.luben\\.zstd)\\..*"))
                        .forEach(used::add);
            }
        }
        assertEquals("[]", used.toString());
    }
}
