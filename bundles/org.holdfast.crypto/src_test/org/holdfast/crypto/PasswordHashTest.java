package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private static final PasswordHash CHEAP = new PasswordHash(64, 2, 2);

    @Test
    void knowsThePasswordAgain() {
        String hash = CHEAP.hash("correct horse battery".toCharArray());
        assertTrue(PasswordHash.verify("correct horse battery".toCharArray(), hash));
        assertFalse(PasswordHash.verify("correct horse batterY".toCharArray(), hash));
        assertFalse(PasswordHash.verify(new char[0], hash));
    }

    @Test
    void saltsEach() {
        assertNotEquals(CHEAP.hash("same".toCharArray()), CHEAP.hash("same".toCharArray()));
    }

    @Test
    void takesCharactersInOneForm() {
        String hash = CHEAP.hash("caf\u00e9".toCharArray());
        assertTrue(PasswordHash.verify("cafe\u0301".toCharArray(), hash));
    }

    @Test
    void isWhatOthersCompute() {
        String hash = CHEAP.hash("password".toCharArray());
        String[] parts = hash.split("\\$");
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(0x13).withMemoryAsKB(64)
                .withIterations(2).withParallelism(2).withSalt(Base64.getDecoder().decode(parts[4])).build());
        byte[] expected = new byte[32];
        generator.generateBytes("password".toCharArray(), expected);
        assertEquals(Base64.getEncoder().withoutPadding().encodeToString(expected), parts[5]);
        assertEquals("m=64,t=2,p=2", parts[3]);
    }

    @Test
    void refusesWhatIsNoHash() {
        String hash = CHEAP.hash("x".toCharArray());
        for (String bad : List.of("", "x", hash + "A", hash.replace("argon2id", "argon2i"), hash.replace("m=64", "m=4"),
                hash.replace("m=64", "m=9999999"), hash.replace("v=19", "v=16"))) {
            assertFalse(PasswordHash.verify("x".toCharArray(), bad), bad);
        }
        assertFalse(PasswordHash.verify(new char[] { '\ud800' }, hash));
    }

    @Test
    void tellsWhenTheCostHasGrown() {
        assertFalse(CHEAP.isOutdated(CHEAP.hash("x".toCharArray())));
        assertTrue(PasswordHash.DEFAULT.isOutdated(CHEAP.hash("x".toCharArray())));
    }

    @Test
    void refusesCostsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(64, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(7, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(2_000_000, 1, 1));
    }
}
