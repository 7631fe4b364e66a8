package org.holdfast.vault.fleet;

/**
 * A value with the version that its next edit has to name.
 *
 * @param value the value
 * @param version counts edits
 */
public record Versioned<T>(T value, long version) {
}
