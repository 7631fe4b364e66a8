package org.holdfast.console.client.fleet;

/**
 * Something that can be edited, as it was read.
 *
 * @param <T> what it is
 * @param value the thing
 * @param etag names this version of it; an edit with an old one is refused with the code {@code changed-meanwhile}
 */
public record Versioned<T>(T value, String etag) {
}
