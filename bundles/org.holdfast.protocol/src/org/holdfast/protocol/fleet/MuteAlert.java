package org.holdfast.protocol.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Nobody is to be told of an alert for a while ({@code POST .../alerts/{id}/mute}).
 *
 * @param until vault time, at most a year ahead; null ends it
 */
public record MuteAlert(@Nullable Instant until) {
}
