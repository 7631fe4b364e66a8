package org.holdfast.crypto;

/**
 * Cost of turning a passphrase into a key with Argon2id (RFC 9106, version 0x13). Values exist only within bounds: at
 * least the second recommended option of RFC 9106 section 4 (64 MiB, 3 passes, 4 lanes), or 2 GiB and more with 1 or 2
 * passes as in its first one; at most 4 GiB, 64 passes, 64 lanes.
 *
 * @param memoryKiB memory in KiB, 65 536 to 4 194 304
 * @param iterations passes over the memory, 3 to 64 (1 to 64 from 2 GiB of memory on)
 * @param parallelism lanes, 4 to 64
 */
public record KdfParameters(int memoryKiB, int iterations, int parallelism) {

    /** What new slots use: 64 MiB, 3 passes, 4 lanes. */
    public static final KdfParameters DEFAULT = new KdfParameters(65_536, 3, 4);

    private static final int MIN_MEMORY = 65_536;
    private static final int MAX_MEMORY = 4_194_304;
    private static final int FEW_PASSES_MEMORY = 2_097_152;
    private static final int MIN_ITERATIONS = 3;
    private static final int MAX_ITERATIONS = 64;
    private static final int MIN_PARALLELISM = 4;
    private static final int MAX_PARALLELISM = 64;

    /** @throws KdfParametersRefusedException when a value is out of bounds; the message names it */
    public KdfParameters {
        check("memory in KiB", memoryKiB, MIN_MEMORY, MAX_MEMORY);
        check("passes", iterations, memoryKiB >= FEW_PASSES_MEMORY ? 1 : MIN_ITERATIONS, MAX_ITERATIONS);
        check("lanes", parallelism, MIN_PARALLELISM, MAX_PARALLELISM);
    }

    private static void check(String what, int value, int least, int most) {
        long unsigned = Integer.toUnsignedLong(value);
        if (unsigned < least) {
            throw new KdfParametersRefusedException("Argon2id with " + what + " = " + unsigned
                    + " is too weak, at least " + least + " is required");
        }
        if (unsigned > most) {
            throw new KdfParametersRefusedException("Argon2id with " + what + " = " + unsigned
                    + " is beyond the limit of " + most);
        }
    }

    /**
     * Checks the memory against what the caller can spend, before any of it is allocated.
     *
     * @throws KdfParametersRefusedException when it is too much
     */
    void requireWithin(long budgetKiB) {
        if (memoryKiB > budgetKiB) {
            throw new KdfParametersRefusedException("Argon2id needs " + (memoryKiB + 1023) / 1024
                    + " MiB of memory, but only " + budgetKiB / 1024 + " MiB may be used here");
        }
    }
}
