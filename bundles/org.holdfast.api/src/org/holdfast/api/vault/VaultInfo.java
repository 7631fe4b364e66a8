package org.holdfast.api.vault;

import java.time.Instant;
import java.util.List;

/**
 * Facts about a vault that need no passphrase.
 *
 * @param id random id of the vault's encryption domain, 32 hex digits
 * @param location where it was opened
 * @param created when
 * @param formatVersion version of the format, 1 today
 * @param features feature flags that are set
 * @param points number of recovery points
 * @param storedBytes bytes of all objects
 */
public record VaultInfo(String id, String location, Instant created, int formatVersion, List<String> features,
        int points, long storedBytes) {
}
