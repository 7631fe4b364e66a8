package org.holdfast.store.vault;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How a store works.
 *
 * @param folder for what is on its way and for immutable objects, as they are: encrypted
 * @param cacheBytes how much of immutable objects is kept there
 * @param parallel how many objects are sent at a time
 * @param waiting how many more may be ready to be sent; who makes further ones has to wait
 * @param readAhead bytes of memory for ranges that were read or will be soon
 * @param sendAhead bytes of memory for objects that are made or sent; what is more goes into files
 * @param sending keeps sending to a rate
 * @param receiving keeps receiving to a rate
 * @param bootId the run of the agent that sessions are opened for
 * @param purpose for the vault's log
 * @param job the job that sessions are opened for, or null
 */
public record VaultStoreSettings(Path folder, long cacheBytes, int parallel, int waiting, long readAhead,
        long sendAhead,
        Pace sending, Pace receiving, String bootId, String purpose, @Nullable String job) {
    /** The usual bounds. */
    public static VaultStoreSettings of(Path folder, String bootId, String purpose, @Nullable String job) {
        return new VaultStoreSettings(folder, 2L << 30, 4, 4, 64L << 20, 64L << 20, Pace.NONE, Pace.NONE, bootId,
                purpose, job);
    }

    /** The same with rates. */
    public VaultStoreSettings paced(Pace send, Pace receive) {
        return new VaultStoreSettings(folder, cacheBytes, parallel, waiting, readAhead, sendAhead, send, receive,
                bootId,
                purpose, job);
    }
}
