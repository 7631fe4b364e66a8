package org.holdfast.protocol.fleet;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How the attempt went to send a message for a test ({@code POST /api/v1/notifications/targets/{target}/test}).
 *
 * @param delivered whether the target took it
 * @param error why not, one sentence, or null
 */
public record TargetTested(boolean delivered, @Nullable String error) {
}
