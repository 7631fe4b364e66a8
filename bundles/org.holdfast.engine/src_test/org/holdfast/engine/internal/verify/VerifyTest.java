package org.holdfast.engine.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.RecoveryKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whatever is damaged or missing is named, with all that it hurts and nothing else. */
@EnabledOnOs(OS.LINUX)
class VerifyTest {
    private static final int SAMPLES = 5;

    private TempTree temp;
    private Path source;
    private MemoryStore store;
    private TestVault vault;
    private Points.Stored first;
    private Points.Stored second;
    private int restores;

    @BeforeEach
    void backUpTwice() throws IOException {
        temp = new TempTree();
        source = temp.resolve("source");
        SampleTree.create(source, 1);
        store = new MemoryStore();
        vault = new TestVault(store);
        try (SecretBytes root = DomainKeys.newRootKey(); RecoveryKey key = RecoveryKey.generate()) {
            KeyRing.put(store, KeySlot.create(root, vault.open().domainId(), key, "test", Instant.EPOCH));
        }
        first = vault.backup(source);
        SampleTree.create(Files.createDirectory(source.resolve("more")), 2);
        Files.delete(source.resolve("d3/tiny0"));
        second = vault.backup(source);
    }

    @AfterEach
    void close() {
        vault.close();
        temp.close();
    }

    @Test
    void aSoundVaultIsSound() {
        for (boolean keys : new boolean[] { false, true }) {
            for (boolean data : new boolean[] { false, true }) {
                VerifyResult result = vault.verify(keys, data);
                assertEquals(List.of(), result.damages());
                assertEquals(2, result.points());
                assertEquals(vault.objects("data/").size() + vault.objects("meta/").size(), result.packs());
                assertEquals(vault.objects("").size(), result.objects(), "every object is looked at once");
                assertEquals(keys, result.withKeys());
                assertEquals(data, result.withData());
                assertEquals(keys, result.chunks() > 0);
                assertEquals(0, result.orphans());
            }
        }
    }

    @Test
    void everyFlippedByteIsFoundAndWhatItHurtsIsNamed() throws IOException {
        for (String object : vault.objects("")) {
            long size = store.size(object);
            for (int i = 0; i < SAMPLES; i++) {
                int position = i == 0 ? 0 : i == 1 ? (int) size - 1 : (int) (size * i / SAMPLES + i * 7919L % 13);
                MemoryStore damaged = store.copy();
                damaged.damage(object, bytes -> flip(bytes, position));
                checkDamage(object, damaged, object + " at " + position + " of " + size);
            }
        }
    }

    @Test
    void everyTruncatedObjectIsFoundAndWhatItHurtsIsNamed() throws IOException {
        for (String object : vault.objects("")) {
            for (int keep : new int[] { 0, (int) store.size(object) / 2, (int) store.size(object) - 1 }) {
                MemoryStore damaged = store.copy();
                damaged.damage(object, bytes -> Arrays.copyOf(bytes, Math.min(keep, bytes.length - 1)));
                checkDamage(object, damaged, object + " cut to " + keep);
            }
        }
    }

    @Test
    void everyMissingObjectIsFoundAndWhatItHurtsIsNamed() throws IOException {
        for (String object : vault.objects("")) {
            if (object.startsWith("points/") || object.startsWith("slots/")) {
                continue; // indistinguishable from one that was removed on purpose
            }
            MemoryStore damaged = store.copy();
            damaged.delete(object);
            if (object.startsWith("index/")) {
                TestVault healed = vault.in(damaged);
                assertEquals(List.of(), healed.verify(true, true).damages(), "the index is made from the packs");
                assertEquals(vault.objects("index/").size(), healed.objects("index/").size(), "and written again");
                continue;
            }
            VerifyResult result = checkDamage(object, damaged, object + " missing");
            assertEquals(Problem.OBJECT_MISSING, damageOf(result, object).problem());
        }
    }

    private static byte[] flip(byte[] bytes, int position) {
        bytes[Math.min(position, bytes.length - 1)] ^= 0x10;
        return bytes;
    }

    private static Damage damageOf(VerifyResult result, String object) {
        List<Damage> list = result.damages().stream().filter(d -> d.object().equals(object)).toList();
        assertEquals(1, list.size(), object + " in " + result.damages());
        return list.getFirst();
    }

    /** Verify must find it with and without keys, and must be right about what can be restored. */
    private VerifyResult checkDamage(String object, MemoryStore damaged, String what) throws IOException {
        VerifyResult keyless = vault.in(damaged.copy()).verify(false, true);
        assertFalse(keyless.sound(), what);
        damageOf(keyless, object);
        MemoryStore checked = damaged.copy();
        TestVault broken = vault.in(checked);
        VerifyResult result = broken.verify(true, true);
        Damage damage = damageOf(result, object);
        assertEquals(1, result.damages().size(), what + ": " + result.damages());
        assertTrue(keyless.damages().getFirst().points().containsAll(damage.points()), what);
        boolean pack = object.startsWith("data/") || object.startsWith("meta/");
        assertEquals(pack ? List.of("damaged/" + object.substring(5)) : List.of(), broken.objects(Marks.DAMAGED), what);
        for (Points.Stored point : List.of(first, second)) {
            if (object.equals(point.object())) {
                assertEquals(List.of(point.id()), damage.points(), what);
            } else if (object.startsWith("data/") || point == second && (pack || object.startsWith("index/"))) {
                checkRestore(broken, point, damage, what);
            }
        }
        return result;
    }

    private void checkRestore(TestVault broken, Points.Stored point, Damage damage, String what) throws IOException {
        Path target = temp.resolve("restore" + restores++);
        RestoreResult restored = broken.restore(point, target, IfExists.COPY);
        boolean hurt = damage.points().contains(point.id());
        Set<RawPath> warned = restored.warnings().stream().map(w -> w.path()).collect(Collectors.toSet());
        assertEquals(hurt, !warned.isEmpty(), what + ": " + restored.warnings() + damage);
        Set<RawPath> named = damage.files().stream().map(Damage.DamagedFile::path).collect(Collectors.toSet());
        assertTrue(named.containsAll(warned), what + ": " + warned + " but only " + named);
        Map<String, byte[]> expected = contents(point);
        Map<String, byte[]> actual = SampleTree.contents(target);
        Set<String> lost = new HashSet<>();
        expected.forEach((path, content) -> {
            if (!Arrays.equals(content, actual.remove(path))) {
                lost.add(path);
            }
        });
        assertEquals(Map.of(), actual, what + ": nothing incomplete is left");
        Path base = source.getParent();
        for (String path : lost) {
            RawPath full = TestVault.raw(base.resolve(path));
            assertTrue(warned.stream().anyMatch(full::startsWith), what + ": nobody told of " + path);
        }
    }

    private final Map<String, Map<String, byte[]>> known = new java.util.HashMap<>();

    /** What a point holds, from the sound vault. */
    private Map<String, byte[]> contents(Points.Stored point) throws IOException {
        Map<String, byte[]> content = known.get(point.id());
        if (content == null) {
            Path target = temp.resolve("sound" + known.size());
            assertEquals(List.of(), vault.restore(point, target, IfExists.COPY).warnings());
            content = SampleTree.contents(target);
            known.put(point.id(), content);
        }
        return content;
    }

    @Test
    void aDamagedPackIsHealedByTheNextBackup() throws IOException {
        List<String> packs = vault.objects("data/");
        store.damage(packs.getFirst(), bytes -> flip(bytes, bytes.length / 3));
        VerifyResult before = vault.verify(true, true);
        assertFalse(before.sound());
        assertEquals(1, vault.objects(Marks.DAMAGED).size());
        Points.Stored third = vault.backup(source);
        VerifyResult after = vault.verify(true, true);
        assertEquals(List.of(), after.damages().stream().filter(d -> d.points().contains(third.id())).toList());
        Path target = temp.resolve("healed");
        assertEquals(List.of(), vault.restore(third, target, IfExists.COPY).warnings());
        Map<String, byte[]> actual = SampleTree.contents(target.resolve("source"));
        SampleTree.contents(source)
                .forEach((path, content) -> assertTrue(Arrays.equals(content, actual.get(path)), path));
    }

    @Test
    void aMarkGoesWhenThePackIsSoundAgain() throws IOException {
        String pack = vault.objects("data/").getFirst();
        byte[] good = store.get(pack, 1 << 30);
        store.damage(pack, bytes -> flip(bytes, 100));
        vault.verify(false, true);
        assertEquals(1, vault.objects(Marks.DAMAGED).size());
        store.damage(pack, bytes -> good);
        vault.verify(false, false);
        assertEquals(1, vault.objects(Marks.DAMAGED).size(), "not looked at, so nothing is known");
        vault.verify(false, true);
        assertEquals(List.of(), vault.objects(Marks.DAMAGED));
    }

    @Test
    void aMarkGoesWhenThePackIsGoneForGood() throws IOException {
        store.put(Marks.DAMAGED + "ab".repeat(32), ByteBuffer.wrap(new byte[1]));
        vault.verify(false, false);
        assertEquals(List.of(), vault.objects(Marks.DAMAGED));
    }

    @Test
    void packsThatNothingNeedsAreCounted() throws IOException {
        for (Points.Stored point : List.of(first, second)) {
            store.delete(point.object());
        }
        VerifyResult result = vault.verify(true, true);
        assertEquals(List.of(), result.damages());
        assertEquals(0, result.points());
        assertEquals(result.packs(), result.orphans());
    }

    @Test
    void damageInWhatNothingNeedsHurtsNobody() throws IOException {
        for (Points.Stored point : List.of(first, second)) {
            store.delete(point.object());
        }
        String pack = vault.objects("data/").getFirst();
        store.damage(pack, bytes -> flip(bytes, 100));
        assertTrue(vault.verify(false, true).sound());
        assertEquals(1, vault.objects(Marks.DAMAGED).size(), "but nobody may rely on it");
    }

    @Test
    void aForgedManifestIsFound() throws IOException {
        byte[] bytes = store.get(second.object(), 1 << 20);
        bytes[bytes.length - 1] ^= 1;
        String forged = "points/" + java.util.HexFormat.of()
                .formatHex(org.holdfast.format.Manifest.sha256(bytes, 0, bytes.length));
        store.put(forged, ByteBuffer.wrap(bytes));
        VerifyResult result = vault.verify(false, false);
        assertEquals(Problem.SIGNATURE_INVALID, damageOf(result, forged).problem());
        assertEquals(1, result.damages().size());
    }

    @Test
    void withoutTheKeepersKeyOnlyTheKeyIsNamed() throws IOException {
        store.delete("keeper");
        VerifyResult withKeys = vault.verify(true, true);
        assertEquals(List.of("keeper"), withKeys.damages().stream().map(Damage::object).toList());
    }
}
