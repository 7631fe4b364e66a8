package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;

class SealedBoxTest {
    private static final String CONTEXT = "request 7";
    private static final byte[] MESSAGE = "/home/anna/letter.odt".getBytes(StandardCharsets.UTF_8);

    @Test
    void theHolderOfTheKeyReadsTheMessage() {
        try (var keys = SealedBox.newKeys()) {
            byte[] sealed = SealedBox.seal(keys.publicKey(), CONTEXT, MESSAGE);

            assertEquals(MESSAGE.length + SealedBox.OVERHEAD_BYTES, sealed.length);
            assertArrayEquals(MESSAGE, SealedBox.open(keys, CONTEXT, sealed));
        }
    }

    @Test
    void theSameMessageIsNeverSealedAlike() {
        try (var keys = SealedBox.newKeys()) {
            assertFalse(Arrays.equals(SealedBox.seal(keys.publicKey(), CONTEXT, MESSAGE),
                    SealedBox.seal(keys.publicKey(), CONTEXT, MESSAGE)));
        }
    }

    @Test
    void nobodyElseReadsIt() {
        try (var keys = SealedBox.newKeys(); var others = SealedBox.newKeys()) {
            byte[] sealed = SealedBox.seal(keys.publicKey(), CONTEXT, MESSAGE);

            assertThrows(AuthenticationFailedException.class,
                    () -> SealedBox.open(others, CONTEXT, sealed));
        }
    }

    @Test
    void theContextCounts() {
        try (var keys = SealedBox.newKeys()) {
            byte[] sealed = SealedBox.seal(keys.publicKey(), CONTEXT, MESSAGE);

            assertThrows(AuthenticationFailedException.class,
                    () -> SealedBox.open(keys, "request 8", sealed));
            assertThrows(AuthenticationFailedException.class,
                    () -> SealedBox.open(keys, "", sealed));
        }
    }

    @Test
    void everyByteCounts() {
        try (var keys = SealedBox.newKeys()) {
            byte[] sealed = SealedBox.seal(keys.publicKey(), CONTEXT, MESSAGE);
            for (int i = 0; i < sealed.length; i++) {
                byte[] changed = sealed.clone();
                changed[i] ^= 1;
                assertThrows(AuthenticationFailedException.class,
                        () -> SealedBox.open(keys, CONTEXT, changed), "byte " + i);
            }
            for (int length = 0; length < sealed.length; length++) {
                byte[] cut = Arrays.copyOf(sealed, length);
                assertThrows(AuthenticationFailedException.class,
                        () -> SealedBox.open(keys, CONTEXT, cut), "length " + length);
            }
        }
    }

    @Test
    void aKeyOfSmallOrderIsRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> SealedBox.seal(new byte[32], CONTEXT, MESSAGE));
        assertThrows(IllegalArgumentException.class,
                () -> SealedBox.seal(new byte[31], CONTEXT, MESSAGE));
    }

    /** RFC 9180, appendix A.1 (the same KEM and KDF): the key pair of the recipient's seed. */
    @Test
    void theKeyEncapsulationIsTheOneOfTheStandard() {
        var hpke = new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
        var pair = hpke.deriveKeyPair(HexFormat.of()
                .parseHex("6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037"));

        assertEquals("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
                HexFormat.of().formatHex(hpke.serializePublicKey(pair.getPublic())));
    }
}
