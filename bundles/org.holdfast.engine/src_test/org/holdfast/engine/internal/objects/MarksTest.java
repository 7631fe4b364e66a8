package org.holdfast.engine.internal.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.format.ByteWriter;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Marks come back as they were, and what is no mark disturbs nobody. */
class MarksTest {
    private static final Id A = new Id(Manifest.sha256(new byte[] { 1 }, 0, 1));
    private static final Id B = new Id(Manifest.sha256(new byte[] { 2 }, 0, 1));

    private final MemoryStore store = new MemoryStore();
    private TestVault test;
    private Vault vault;

    @BeforeEach
    void open() throws IOException {
        test = new TestVault(store);
        vault = test.keyless();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void tombstonesComeBack() throws IOException {
        String object = Marks.putTombstone(vault, Set.of(A, B), Set.of("one", "two"));
        assertEquals(List.of(new Marks.Tombstone(object, Set.of(A, B), Set.of("one", "two"))),
                Marks.tombstones(vault));
        assertTrue(object.matches("tombstones/[0-9a-f]{64}"), object);
        assertEquals(Set.of(A, B), Marks.unreliable(vault));
    }

    @Test
    void damagedPacksAreMarkedAndCleared() throws IOException {
        Marks.markDamaged(vault, A);
        Marks.markDamaged(vault, A);
        assertEquals(Set.of(A), Marks.damaged(vault));
        put("damaged/notes", "not a mark");
        put("damaged/" + "0".repeat(63), "not a mark");
        assertEquals(Set.of(A), Marks.unreliable(vault));
        Marks.clearDamaged(vault, A);
        assertEquals(Set.of(), Marks.damaged(vault));
    }

    private void put(String name, String text) throws IOException {
        store.put(name, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void unreadableTombstonesCountForNothingAndCanBeRemoved() throws IOException {
        String good = Marks.putTombstone(vault, Set.of(A), Set.of());
        put("tombstones/short", "x");
        put("tombstones/" + "0".repeat(64), "longer than nonce and tag, but sealed by nobody");
        assertEquals(1, Marks.tombstones(vault).size());
        Marks.removeUnreadableTombstones(vault);
        assertEquals(List.of(good), test.objects("tombstones/"));
    }

    /** Somebody with the keeper key may write anything there. */
    @Test
    void hostileTombstonesNeverDoMoreThanNotCount() throws IOException {
        byte[] plain = new ByteWriter(100).varint(1).raw(A.bytes()).varint(1).text("session").toByteArray();
        var random = new SplittableRandom(1);
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (int i = 0; i < 2000; i++) {
                byte[] bad = Arrays.copyOf(plain, random.nextInt(plain.length + 2));
                for (int k = random.nextInt(4); k > 0 && bad.length > 0; k--) {
                    bad[random.nextInt(Math.min(bad.length, 4))] = (byte) random.nextInt(256);
                }
                String name = "tombstones/" + i;
                store.put(name, ByteBuffer.wrap(keeper.seal(bad, "HFTS1".getBytes(StandardCharsets.US_ASCII))));
                for (Marks.Tombstone tombstone : Marks.tombstones(vault)) {
                    assertTrue(tombstone.packs().size() <= 1);
                }
                store.delete(name);
            }
        }
    }
}
