package org.holdfast.vault.http;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Remembers for a day what was answered to a request with an {@code Idempotency-Key}, so that a repetition does nothing
 * twice. Answers are given to it encrypted: it keeps no secret.
 */
public interface IdempotencyStore {
    /**
     * Takes a key, unless it has been taken before.
     *
     * @param id hash of caller and key
     * @param fingerprint hash of what is asked
     * @return null when the key is new and now taken, else what is known of its first use
     */
    @Nullable
    Known begin(String id, String fingerprint);

    /** Keeps the answer to the first use. */
    void finish(String id, byte[] answer);

    /** Gives a key free again, because its request failed and may be repeated. */
    void release(String id);

    /**
     * The first use of a key.
     *
     * @param fingerprint hash of what was asked
     * @param answer the answer, null while it is not there yet
     */
    record Known(String fingerprint, byte @Nullable [] answer) {
    }
}
