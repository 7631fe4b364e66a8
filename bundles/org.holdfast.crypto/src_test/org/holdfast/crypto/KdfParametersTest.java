package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The bounds of the parameters of the passphrase function. */
class KdfParametersTest {

    @Test
    void defaultIsTheSecondRecommendedOption() {
        assertEquals(new KdfParameters(65_536, 3, 4), KdfParameters.DEFAULT);
    }

    @Test
    void weakerIsRefused() {
        assertEquals("Argon2id with memory in KiB = 65535 is too weak, at least 65536 is required",
                refusal(65_535, 3, 4));
        assertEquals("Argon2id with passes = 2 is too weak, at least 3 is required", refusal(65_536, 2, 4));
        assertEquals("Argon2id with lanes = 3 is too weak, at least 4 is required", refusal(65_536, 3, 3));
        assertTrue(refusal(0, 0, 0).contains("too weak"));
        assertTrue(refusal(2_097_151, 1, 4).contains("passes = 1 is too weak"));
        assertEquals(1, new KdfParameters(2_097_152, 1, 4).iterations(), "first recommended option of RFC 9106");
    }

    @Test
    void absurdIsRefused() {
        assertTrue(refusal(4_194_305, 3, 4).contains("beyond the limit of 4194304"));
        assertTrue(refusal(-1, 3, 4).contains("memory in KiB = 4294967295 is beyond"));
        assertTrue(refusal(65_536, 65, 4).contains("beyond the limit of 64"));
        assertTrue(refusal(65_536, -1, 4).contains("beyond the limit of 64"));
        assertTrue(refusal(65_536, 3, 65).contains("beyond the limit of 64"));
        assertEquals(64, new KdfParameters(4_194_304, 64, 64).parallelism());
    }

    @Test
    void budgetIsCheckedBeforeMemoryIsTaken() {
        KdfParameters large = new KdfParameters(4_194_304, 3, 4);
        String message = assertThrows(KdfParametersRefusedException.class, () -> large.requireWithin(102_400))
                .getMessage();
        assertEquals("Argon2id needs 4096 MiB of memory, but only 100 MiB may be used here", message);
        large.requireWithin(4_194_304);
    }

    private static String refusal(int memory, int iterations, int parallelism) {
        return assertThrows(KdfParametersRefusedException.class,
                () -> new KdfParameters(memory, iterations, parallelism)).getMessage();
    }
}
