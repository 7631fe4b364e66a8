package org.holdfast.api.azure;

/**
 * Whether a name can be had.
 *
 * @param available whether it can
 * @param message why not, empty when it can
 */
public record NameAnswer(boolean available, String message) {
}
