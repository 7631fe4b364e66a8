package org.holdfast.protocol.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Keeps a recovery point whatever the policy says ({@code POST .../points/{id}/pin}).
 *
 * @param until until when, vault time; null for ever
 * @param remark why, at most 500 characters, or null
 */
public record PinPoint(@Nullable Instant until, @Nullable String remark) {
}
