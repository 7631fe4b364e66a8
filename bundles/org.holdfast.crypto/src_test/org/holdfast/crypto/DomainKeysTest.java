package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** Golden keys of a fixed root (computed apart from this code, with HMAC alone, per RFC 5869). */
class DomainKeysTest {

    private static final byte[] ROOT = Vectors.counting(0, 32);
    private static final byte[] DOMAIN = Vectors.counting(0xa0, 16);

    @Test
    void goldenKeys() {
        try (DomainKeys keys = DomainKeys.derive(SecretBytes.copyOf(ROOT), DOMAIN)) {
            assertEquals("f3bd336147a79b0f67baa901f4d3fce57d59ce6f76c85df5d0f73b3bfa4c7555", hex(keys.contentIdKey()));
            assertEquals("91eb3168464871b5857c4faf483902335302aa149eb2bb12d5632c367d2c25ec", hex(keys.chunkerKey()));
            assertEquals("9556e492e6327d8c4d9811660fe36155f2b6e8d62d7438b6b40ae1bdbf83e66a", hex(keys.dataKey(0)));
            assertEquals("e9db2e2304382fd8e4b27415e8a69b5853b06c3f602a775ed80e06e7bd48a101", hex(keys.dataKey(-1)));
            assertEquals("59005c1c27706d62912d15b504ce64dcbe624e952a5457326a09631dd89b87c7", hex(keys.metaKey(0)));
            assertEquals("a1fc8b0294f27415011e57c6167dc7a7c308d885678d35555e7fcc689f83ee14", hex(keys.metaKey(1)));
            assertEquals("189d21f81c08fa66744106a2a228e3870f6b0b4523cde9735c5083b374738a8b", hex(keys.manifestKey()));
            assertEquals("67d05936ec8c3d18134065cb6581ce1550b3b5c60eaf07f17b99db1a9769a3ed", hex(keys.keeperKey()));
            assertEquals("5ec0bbfad90abe16e43902fbba34984de62776f872802e5e07337cdd86340e67", hex(keys.cacheKey()));
            assertEquals("306889ba966604b438920aa2771dde005b48ac8023523c7739d5e96af950903c", hex(keys.signatureSeed()));
        }
    }

    @Test
    void everyPurposeEpochAndDomainHasItsOwnKey() {
        Set<String> seen = new HashSet<>();
        int count = 0;
        for (int domain = 0; domain < 3; domain++) {
            try (DomainKeys keys = DomainKeys.derive(SecretBytes.copyOf(ROOT), Vectors.counting(domain, 16))) {
                for (SecretBytes key : new SecretBytes[] { keys.contentIdKey(), keys.chunkerKey(), keys.dataKey(0),
                        keys.dataKey(1), keys.metaKey(0), keys.metaKey(1), keys.manifestKey(), keys.keeperKey(),
                        keys.cacheKey(), keys.signatureSeed() }) {
                    seen.add(hex(key));
                    count++;
                }
            }
        }
        assertEquals(count, seen.size());
    }

    @Test
    void rootKeyMayBeClosedAfterDeriving() {
        SecretBytes root = SecretBytes.copyOf(ROOT);
        DomainKeys keys = DomainKeys.derive(root, DOMAIN);
        root.close();
        SecretBytes key = keys.dataKey(0);
        assertEquals(32, key.length());
        assertArrayEquals(DOMAIN, keys.domainId());
        keys.close();
        assertThrows(IllegalStateException.class, key::copy);
        assertThrows(IllegalStateException.class, () -> keys.dataKey(7));
    }

    @Test
    void wrongLengthsAreRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> DomainKeys.derive(SecretBytes.copyOf(new byte[31]), DOMAIN));
        assertThrows(IllegalArgumentException.class,
                () -> DomainKeys.derive(SecretBytes.copyOf(ROOT), new byte[15]));
    }

    @Test
    void nothingPrintsSecrets() {
        byte[] secret = ROOT.clone();
        SecretBytes bytes = SecretBytes.adopt(secret);
        assertEquals("SecretBytes[32 bytes]", bytes.toString());
        try (DomainKeys keys = DomainKeys.derive(bytes, DOMAIN)) {
            assertFalse(keys.toString().contains(hex(keys.dataKey(0)).substring(0, 8)));
        }
        bytes.close();
        assertArrayEquals(new byte[32], secret, "closing wipes");
    }

    private static String hex(SecretBytes key) {
        return Vectors.hex(key.copy());
    }
}
