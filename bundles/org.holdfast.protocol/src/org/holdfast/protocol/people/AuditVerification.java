package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Whether the audit is as it was written ({@code GET /api/v1/audit/verify}).
 *
 * @param intact whether every entry has the hash that it must have, none is missing, and the last one is the last
 *         written
 * @param entries how many have been checked
 * @param brokenAt number of the first entry that is wrong or missing, or null
 * @param head hash of the last entry; keep it elsewhere to notice when somebody has rewritten all of them
 * @param reason what is wrong, or null
 */
public record AuditVerification(boolean intact, long entries, @Nullable Long brokenAt, String head,
        @Nullable String reason) {
}
