package org.holdfast.protocol.fleet;

/**
 * Whether a name is free.
 *
 * @param available whether a vault can be created with it
 * @param reason {@code invalid} or {@code already-exists}, empty when it is available
 * @param message one sentence, empty when it is available
 */
public record CheckNameAnswer(boolean available, String reason, String message) {
}
