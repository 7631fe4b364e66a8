package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class DomainProofTest {
    private static final byte[] MESSAGE = "challenge".getBytes(StandardCharsets.UTF_8);

    @Test
    void aProofHoldsForItsKeyContextAndMessageOnly() {
        try (var seed = SecretBytes.random(32); var other = SecretBytes.random(32)) {
            byte[] key = Signatures.publicKey(seed);
            byte[] proof = DomainProof.sign(seed, "registration", MESSAGE);

            assertTrue(DomainProof.verify(key, "registration", MESSAGE, proof));
            assertFalse(DomainProof.verify(key, "restore", MESSAGE, proof));
            assertFalse(DomainProof.verify(key, "registration", new byte[9], proof));
            assertFalse(DomainProof.verify(Signatures.publicKey(other), "registration", MESSAGE, proof));
            assertFalse(DomainProof.verify(key, "registration", MESSAGE, new byte[64]));
            assertFalse(DomainProof.verify(key, "registration", MESSAGE, new byte[3]));
        }
    }

    @Test
    void aProofIsNoSignatureOfTheMessageItself() {
        try (var seed = SecretBytes.random(32)) {
            byte[] proof = DomainProof.sign(seed, "registration", MESSAGE);

            assertFalse(Signatures.verify(Signatures.publicKey(seed), MESSAGE, proof));
        }
    }

    @Test
    void contextAndMessageCannotBeShifted() {
        try (var seed = SecretBytes.random(32)) {
            assertThrows(IllegalArgumentException.class, () -> DomainProof.sign(seed, "a\0b", MESSAGE));
            assertFalse(DomainProof.verify(Signatures.publicKey(seed), "ab", new byte[0],
                    DomainProof.sign(seed, "a", "b".getBytes(StandardCharsets.UTF_8))));
        }
    }
}
