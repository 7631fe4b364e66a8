package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Ed25519 against RFC 8032 section 7.1 and Project Wycheproof. */
class SignaturesTest {

    @Test
    void rfc8032Test2() {
        SecretBytes seed = SecretBytes.adopt(
                Vectors.hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        byte[] message = { 0x72 };
        assertEquals("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                Vectors.hex(Signatures.publicKey(seed)));
        assertEquals("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                Vectors.hex(Signatures.sign(seed, message)));
    }

    @Test
    void wycheproof() {
        List<String[]> cases = Vectors.of("wycheproof-ed25519.txt");
        int valid = 0;
        for (String[] c : cases) {
            boolean genuine = Signatures.verify(Vectors.hex(c[1]), Vectors.hex(c[2]), Vectors.hex(c[3]));
            assertEquals(c[4].equals("valid"), genuine, "case " + c[0]);
            valid += genuine ? 1 : 0;
        }
        assertEquals(88, valid);
        assertEquals(151, cases.size());
    }

    @Test
    void everyChangeIsFound() {
        SecretBytes seed = SecretBytes.adopt(Vectors.counting(9, 32));
        byte[] key = Signatures.publicKey(seed);
        byte[] message = Vectors.counting(0, 40);
        byte[] signature = Signatures.sign(seed, message);
        assertTrue(Signatures.verify(key, message, signature));
        assertArrayEquals(signature, Signatures.sign(seed, message), "deterministic");
        for (int i = 0; i < 64; i++) {
            byte[] other = signature.clone();
            other[i] ^= 1;
            assertFalse(Signatures.verify(key, message, other), "signature byte " + i);
        }
        for (int i = 0; i < 40; i++) {
            byte[] other = message.clone();
            other[i] ^= (byte) 0x80;
            assertFalse(Signatures.verify(key, other, signature), "message byte " + i);
        }
        for (int i = 0; i < 32; i++) {
            byte[] other = key.clone();
            other[i] ^= 4;
            assertFalse(Signatures.verify(other, message, signature), "key byte " + i);
        }
        assertFalse(Signatures.verify(Arrays.copyOf(key, 31), message, signature));
        assertFalse(Signatures.verify(key, message, Arrays.copyOf(signature, 63)));
        assertFalse(Signatures.verify(new byte[32], message, signature));
        assertThrows(IllegalArgumentException.class,
                () -> Signatures.publicKey(SecretBytes.adopt(new byte[31])));
    }
}
