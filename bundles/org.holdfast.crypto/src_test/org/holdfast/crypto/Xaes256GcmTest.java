package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.holdfast.crypto.internal.XaesSubkeys;
import org.junit.jupiter.api.Test;

/** XAES-256-GCM against the figures of c2sp.org/XAES-256-GCM, and its behaviour on damaged messages. */
class Xaes256GcmTest {

    private static final byte[] NONCE = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "XAES-256-GCM".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_AAD = new byte[0];

    @Test
    void knownAnswerWithTopBitOfLClear() throws Exception {
        knownAnswer(1, "", "c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b",
                "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
    }

    @Test
    void knownAnswerWithTopBitOfLSet() throws Exception {
        knownAnswer(3, "c2sp.org/XAES-256-GCM", "e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8",
                "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    private static void knownAnswer(int keyByte, String aadText, String derivedKey, String ciphertext)
            throws Exception {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) keyByte);
        byte[] subkey = new byte[32];
        new XaesSubkeys(key).derive(NONCE, 0, subkey);
        assertEquals(derivedKey, Vectors.hex(subkey));

        byte[] aad = aadText.getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = new byte[MESSAGE.length + Xaes256Gcm.OVERHEAD];
        try (Xaes256Gcm cipher = new Xaes256Gcm(SecretBytes.copyOf(key))) {
            assertEquals(sealed.length,
                    cipher.seal(NONCE, MESSAGE, 0, MESSAGE.length, aad, 0, aad.length, sealed, 0));
            assertEquals(Vectors.hex(NONCE) + ciphertext, Vectors.hex(sealed));
            assertArrayEquals(MESSAGE, cipher.open(sealed, aad));
        }
    }

    /** The accumulated answer of the specification: 10 000 random keys, nonces, messages and associated data. */
    @Test
    void accumulatedAnswer() {
        Shake128 source = new Shake128();
        Shake128 result = new Shake128();
        for (int i = 0; i < 10_000; i++) {
            byte[] key = source.squeeze(32);
            byte[] nonce = source.squeeze(24);
            byte[] plain = source.squeeze(source.squeeze(1)[0] & 0xff);
            byte[] aad = source.squeeze(source.squeeze(1)[0] & 0xff);
            byte[] sealed = new byte[plain.length + Xaes256Gcm.OVERHEAD];
            Xaes256Gcm cipher = new Xaes256Gcm(SecretBytes.adopt(key));
            cipher.seal(nonce, plain, 0, plain.length, aad, 0, aad.length, sealed, 0);
            result.update(sealed, Xaes256Gcm.NONCE_BYTES, sealed.length - Xaes256Gcm.NONCE_BYTES);
            if (i % 100 == 0) {
                assertArrayEquals(plain, cipher.open(sealed, aad));
            }
        }
        assertEquals("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939",
                Vectors.hex(result.squeeze(32)));
    }

    @Test
    void everyLengthAroundTheSlicesComesBack() {
        Random random = new Random(7);
        try (Xaes256Gcm cipher = cipher(5)) {
            for (int length : new int[] { 0, 1, 15, 16, 17, 4079, 4080, 4095, 4096, 4097, 8191, 8192, 8193, 65_536,
                    1_048_577 }) {
                byte[] plain = new byte[length + 5];
                random.nextBytes(plain);
                byte[] aad = new byte[9];
                byte[] sealed = new byte[length + Xaes256Gcm.OVERHEAD + 7];
                int n = cipher.seal(plain, 5, length, aad, 1, 8, sealed, 7);
                assertEquals(Xaes256Gcm.sealedLength(length), n);
                byte[] out = new byte[length + 3];
                assertEquals(length, cipher.open(sealed, 7, n, aad, 1, 8, out, 3));
                assertArrayEquals(Arrays.copyOfRange(plain, 5, 5 + length), Arrays.copyOfRange(out, 3, 3 + length));
            }
        }
    }

    @Test
    void warmingUpChangesNoResult() {
        Xaes256Gcm.prewarm();
        ContentHasher.prewarm();
        byte[] plain = Vectors.counting(1, 300_000);
        try (Xaes256Gcm cipher = cipher(5)) {
            assertArrayEquals(plain, cipher.open(cipher.seal(plain, NO_AAD), NO_AAD));
        }
    }

    @Test
    void noncesAreFresh() {
        try (Xaes256Gcm cipher = cipher(5)) {
            byte[] one = cipher.seal(MESSAGE, NO_AAD);
            byte[] two = cipher.seal(MESSAGE, NO_AAD);
            assertFalse(Arrays.equals(one, 0, 24, two, 0, 24), "nonces must differ");
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        try (Xaes256Gcm cipher = cipher(5)) {
            byte[] aad = { 1, 2, 3 };
            byte[] sealed = cipher.seal(MESSAGE, aad);
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                byte[] damaged = sealed.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertThrows(AuthenticationFailedException.class, () -> cipher.open(damaged, aad), "bit " + bit);
            }
            assertArrayEquals(MESSAGE, cipher.open(sealed, aad), "usable after failures");
        }
    }

    @Test
    void everyTruncationIsFound() {
        try (Xaes256Gcm cipher = cipher(5)) {
            byte[] sealed = cipher.seal(MESSAGE, NO_AAD);
            for (int length = 0; length < sealed.length; length++) {
                byte[] cut = Arrays.copyOf(sealed, length);
                assertThrows(AuthenticationFailedException.class, () -> cipher.open(cut, NO_AAD), "length " + length);
            }
        }
    }

    @Test
    void otherKeyOrAssociatedDataIsRefused() {
        try (Xaes256Gcm cipher = cipher(5); Xaes256Gcm other = cipher(6)) {
            byte[] sealed = cipher.seal(MESSAGE, new byte[] { 1 });
            assertThrows(AuthenticationFailedException.class, () -> other.open(sealed, new byte[] { 1 }));
            assertThrows(AuthenticationFailedException.class, () -> cipher.open(sealed, new byte[] { 2 }));
            AuthenticationFailedException e = assertThrows(AuthenticationFailedException.class,
                    () -> cipher.open(sealed, NO_AAD));
            assertTrue(e.getMessage().contains("does not authenticate"), e.getMessage());
        }
    }

    @Test
    void roomIsChecked() {
        try (Xaes256Gcm cipher = cipher(5)) {
            assertThrows(IndexOutOfBoundsException.class,
                    () -> cipher.seal(MESSAGE, 0, 12, NO_AAD, 0, 0, new byte[51], 0));
            byte[] sealed = cipher.seal(MESSAGE, NO_AAD);
            assertThrows(IndexOutOfBoundsException.class,
                    () -> cipher.open(sealed, 0, sealed.length, NO_AAD, 0, 0, new byte[11], 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Xaes256Gcm(SecretBytes.copyOf(new byte[16])));
    }

    @Test
    void closedCipherRefusesWork() {
        Xaes256Gcm cipher = cipher(5);
        cipher.close();
        assertThrows(IllegalStateException.class, () -> cipher.seal(MESSAGE, NO_AAD));
    }

    private static Xaes256Gcm cipher(int keyByte) {
        return new Xaes256Gcm(SecretBytes.adopt(Vectors.counting(keyByte, 32)));
    }
}
