package org.holdfast.vault.catalog.notify;

import java.time.Instant;
import java.util.UUID;

/**
 * A rule.
 *
 * @param id identity
 * @param name as people wrote it
 * @param nameKey the same in lower case
 * @param document the rule as JSON
 * @param changed when
 * @param changedBy account
 * @param version counts edits
 */
public record RuleRow(UUID id, String name, String nameKey, String document, Instant changed, String changedBy,
        long version) {
}
