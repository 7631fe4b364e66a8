package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** Content ids: golden values (computed apart from this code from the documented formula) and the ways to feed them. */
class ContentHasherTest {

    private static final byte[] TEXT = "holdfast".getBytes(StandardCharsets.US_ASCII);

    @Test
    void goldenIds() {
        assertEquals("10f57084fade5bbe63443b83495e6bd522270fe25b432b4ca421e720ceb5f730",
                Vectors.hex(id(ContentId.TYPE_DATA, TEXT)));
        assertEquals("099f4738fd53b714f1e91a14f2f3c8e993fad378a3726286645b8620c316e57b",
                Vectors.hex(id(ContentId.TYPE_DIRECTORY, TEXT)));
        assertEquals("9b4c8120a4823a95f47cde17a244f4507244ee6e3957d1fab9fa29b44d3829b7",
                Vectors.hex(id(ContentId.TYPE_DATA, new byte[0])));
    }

    @Test
    void partsGiveTheSameIdAsTheWhole() {
        byte[] data = Vectors.counting(3, 10_000);
        byte[] parts = new byte[40];
        try (ContentHasher hasher = hasher()) {
            hasher.begin(ContentId.TYPE_DIRECTORY);
            hasher.update(data, 0, 17);
            hasher.begin(ContentId.TYPE_DATA);
            hasher.update(data, 0, 1);
            hasher.update(data, 1, 0);
            hasher.update(data, 1, 9_999);
            hasher.finish(parts, 8);
        }
        assertArrayEquals(id(ContentId.TYPE_DATA, data), Arrays.copyOfRange(parts, 8, 40));
    }

    @Test
    void comparisonSeesEveryBit() {
        byte[] id = id(ContentId.TYPE_DATA, TEXT);
        byte[] shifted = new byte[35];
        System.arraycopy(id, 0, shifted, 3, 32);
        assertTrue(ContentId.matches(id, 0, shifted, 3));
        assertTrue(ContentId.matches(id, id.clone()));
        for (int bit = 0; bit < 256; bit++) {
            byte[] other = id.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(ContentId.matches(id, 0, other, 0), "bit " + bit);
            assertFalse(ContentId.matches(id, other), "bit " + bit);
        }
        assertFalse(ContentId.matches(id, Arrays.copyOf(id, 31)));
    }

    @Test
    void closedHasherHasForgottenTheKey() {
        ContentHasher hasher = hasher();
        hasher.close();
        byte[] out = new byte[32];
        assertThrows(IllegalStateException.class, () -> hasher.hash(ContentId.TYPE_DATA, TEXT, 0, 8, out, 0));
    }

    private static byte[] id(byte type, byte[] data) {
        byte[] out = new byte[32];
        try (ContentHasher hasher = hasher()) {
            hasher.hash(type, data, 0, data.length, out, 0);
        }
        return out;
    }

    private static ContentHasher hasher() {
        return new ContentHasher(SecretBytes.adopt(Vectors.counting(0, 32)));
    }
}
