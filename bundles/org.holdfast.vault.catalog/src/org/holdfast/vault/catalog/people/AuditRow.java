package org.holdfast.vault.catalog.people;

import java.time.Instant;

/**
 * An entry of the audit; what its parts mean is told by {@code protocol.people.AuditView}.
 *
 * @param seq number, without gaps
 * @param at when, whole milliseconds
 * @param actor who
 * @param origin from where
 * @param action what
 * @param target of what
 * @param vault in which vault, empty for none
 * @param result how it went
 * @param details more about it
 * @param hash over all of this and the hash before it
 */
public record AuditRow(long seq, Instant at, String actor, String origin, String action, String target, String vault,
        String result, String details, String hash) {
}
