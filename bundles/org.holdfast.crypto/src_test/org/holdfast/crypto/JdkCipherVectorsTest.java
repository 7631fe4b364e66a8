package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;

import org.holdfast.crypto.internal.Hkdf;
import org.holdfast.crypto.internal.RawKey;
import org.junit.jupiter.api.Test;

/** The JDK's primitives, reached the way this bundle reaches them, against Project Wycheproof. */
class JdkCipherVectorsTest {

    @Test
    void aes256Gcm() throws Exception {
        List<String[]> cases = Vectors.of("wycheproof-aes-256-gcm.txt");
        assertTrue(cases.size() > 60, "cases: " + cases.size());
        int refused = 0;
        for (String[] c : cases) {
            byte[] message = Vectors.hex(c[4]);
            byte[] sealed = Vectors.hex((c[5] + c[6]).replace("-", ""));
            if (c[7].equals("valid")) {
                assertArrayEquals(sealed, gcm(Cipher.ENCRYPT_MODE, c).doFinal(message), "case " + c[0]);
                assertArrayEquals(message, gcm(Cipher.DECRYPT_MODE, c).doFinal(sealed), "case " + c[0]);
            } else {
                Cipher cipher = gcm(Cipher.DECRYPT_MODE, c);
                assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed), "case " + c[0]);
                refused++;
            }
        }
        assertTrue(refused > 20, "refused: " + refused);
    }

    private static Cipher gcm(int mode, String[] c) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new RawKey("AES", Vectors.hex(c[1])), new GCMParameterSpec(128, Vectors.hex(c[2])));
        cipher.updateAAD(Vectors.hex(c[3]));
        return cipher;
    }

    @Test
    void hmacSha256() throws Exception {
        List<String[]> cases = Vectors.of("wycheproof-hmac-sha256.txt");
        assertTrue(cases.size() > 80, "cases: " + cases.size());
        for (String[] c : cases) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new RawKey("HmacSHA256", Vectors.hex(c[1])));
            boolean equal = Arrays.equals(Vectors.hex(c[3]), mac.doFinal(Vectors.hex(c[2])));
            assertEquals(c[4].equals("valid"), equal, "case " + c[0]);
        }
    }

    @Test
    void hkdfSha256() {
        List<String[]> cases = Vectors.of("wycheproof-hkdf-sha256.txt");
        assertTrue(cases.size() > 80, "cases: " + cases.size());
        for (String[] c : cases) {
            byte[] secret = Vectors.hex(c[1]);
            byte[] salt = Vectors.hex(c[2]);
            byte[] info = Vectors.hex(c[3]);
            int size = Integer.parseInt(c[4]);
            if (c[6].equals("valid")) {
                assertArrayEquals(Vectors.hex(c[5]), Hkdf.derive(secret, salt, info, size), "case " + c[0]);
                assertArrayEquals(Vectors.hex(c[5]), Hkdf.expand(Hkdf.extract(secret, salt), info, size),
                        "case " + c[0]);
            } else {
                assertThrows(IllegalStateException.class, () -> Hkdf.derive(secret, salt, info, size), "case " + c[0]);
            }
        }
    }
}
