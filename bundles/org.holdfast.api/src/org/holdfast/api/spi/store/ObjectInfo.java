package org.holdfast.api.spi.store;

import java.time.Instant;

/**
 * An object as listed.
 *
 * @param name full name
 * @param size bytes
 * @param modified when it appeared, by the store's clock
 */
public record ObjectInfo(String name, long size, Instant modified) {
}
