package org.holdfast.protocol.data;

import java.time.Instant;

/**
 * An object of a server. Lists of them are sent as lines of JSON, one for each, in no order.
 *
 * @param name its name
 * @param size in bytes
 * @param modified when it appeared, by the vault's clock
 */
public record ObjectEntry(String name, long size, Instant modified) {
    /** Media type of lists. */
    public static final String LINES = "application/x-ndjson";
}
