package org.holdfast.api.vault;

import java.util.List;

/**
 * What a verification found.
 *
 * @param points recovery points checked
 * @param objects objects checked
 * @param packs packs checked
 * @param bytesRead bytes read from the store
 * @param chunks chunks decrypted and hashed, 0 without passphrase
 * @param withKeys whether the passphrase was there
 * @param withData whether all data was read
 * @param damages what is wrong; empty when all is well
 * @param orphans objects nothing needs; harmless, collected by retain
 */
public record VerifyResult(int points, long objects, long packs, long bytesRead, long chunks, boolean withKeys,
        boolean withData, List<Damage> damages, long orphans) {
    /** Whether nothing is wrong. */
    public boolean sound() {
        return damages.isEmpty();
    }
}
