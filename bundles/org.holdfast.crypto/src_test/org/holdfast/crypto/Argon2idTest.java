package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.holdfast.crypto.internal.Argon2id;
import org.junit.jupiter.api.Test;

/** Our Argon2id against RFC 9106 and, over many shapes, against Bouncy Castle's. */
class Argon2idTest {

    /** RFC 9106 section 5.3. */
    @Test
    void rfc9106() {
        byte[] tag = Argon2id.derive(filled(32, 1), filled(16, 2), filled(8, 3), filled(12, 4), 32, 3, 4, 32);
        assertEquals("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", Vectors.hex(tag));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void agreesWithBouncyCastle() {
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            int lanes = 1 + random.nextInt(6);
            // Also sizes that are no multiple of four blocks per lane, and lanes longer than one block of addresses.
            int memory = 8 * lanes + random.nextInt(i % 4 == 0 ? 4000 : 200);
            int passes = 1 + random.nextInt(4);
            int tagLength = 4 + random.nextInt(i % 2 == 0 ? 60 : 200);
            compare(random, memory, passes, lanes, tagLength);
        }
    }

    @Test
    void agreesWithBouncyCastleOnTheDefault() {
        compare(new Random(6), 65_536, 3, 4, 32);
    }

    private static void compare(Random random, int memory, int passes, int lanes, int tagLength) {
        byte[] password = bytes(random, random.nextInt(300));
        byte[] salt = bytes(random, 8 + random.nextInt(20));
        byte[] secret = bytes(random, random.nextInt(3) * 16);
        byte[] associated = bytes(random, random.nextInt(3) * 7);
        Argon2BytesGenerator other = new Argon2BytesGenerator();
        other.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(memory).withIterations(passes)
                .withParallelism(lanes).withSalt(salt).withSecret(secret).withAdditional(associated).build());
        byte[] expected = new byte[tagLength];
        other.generateBytes(password, expected);
        assertEquals(Vectors.hex(expected),
                Vectors.hex(Argon2id.derive(password, salt, secret, associated, memory, passes, lanes, tagLength)),
                () -> memory + " KiB, " + passes + " passes, " + lanes + " lanes, " + tagLength + " bytes");
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void impossibleShapesAreRefused() {
        byte[] salt = new byte[16];
        assertThrows(IllegalArgumentException.class, () -> Argon2id.derive(salt, salt, 31, 1, 4, 32));
        assertThrows(IllegalArgumentException.class, () -> Argon2id.derive(salt, salt, 64, 0, 4, 32));
        assertThrows(IllegalArgumentException.class, () -> Argon2id.derive(salt, salt, 64, 1, 0, 32));
        assertThrows(IllegalArgumentException.class, () -> Argon2id.derive(salt, salt, 64, 1, 1, 3));
    }
}
