package org.holdfast.protocol.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Whether the vault trusts its clock ({@code GET /api/v1/clock}).
 *
 * @param now what it shows
 * @param frozen since when nothing is deleted, or null while all is well
 * @param reason why, or null
 */
public record ClockStanding(Instant now, @Nullable Instant frozen, @Nullable String reason) {
}
