package org.holdfast.api.vault;

import java.time.Instant;

/**
 * A way to open the vault.
 *
 * @param id 32 hex digits
 * @param kind {@code passphrase} or {@code recovery key}
 * @param label free text, may be empty
 * @param created when
 * @param current whether the vault was opened with it
 */
public record KeySlotInfo(String id, String kind, String label, Instant created, boolean current) {
}
