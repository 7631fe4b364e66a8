package org.holdfast.protocol.people;

import java.time.Instant;

/**
 * An entry of the audit.
 *
 * @param seq number, without gaps
 * @param at when it was written, by the clock of the vault
 * @param actor who: name of an account, {@code server:} and id, or {@code vault} itself
 * @param origin network address, may be empty
 * @param action what: name of the call
 * @param target of what
 * @param vault name of the vault it concerns, empty for none
 * @param result {@code ok}, or the code of the problem
 * @param details more about it, never a secret
 * @param hash SHA-256 in hexadecimal over this entry and the hash of the one before it
 */
public record AuditView(long seq, Instant at, String actor, String origin, String action, String target, String vault,
        String result, String details, String hash) {
}
