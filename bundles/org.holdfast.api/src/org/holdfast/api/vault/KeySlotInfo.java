package org.holdfast.api.vault;

import java.time.Instant;

/**
 * A way to open the vault.
 *
 * @param id 32 hex digits
 * @param kind {@code passphrase}, {@code recovery key} or {@code key vault}
 * @param label free text, may be empty; for a key vault the name of its key
 * @param created when
 * @param current whether the vault was opened with it
 */
public record KeySlotInfo(String id, String kind, String label, Instant created, boolean current) {
}
