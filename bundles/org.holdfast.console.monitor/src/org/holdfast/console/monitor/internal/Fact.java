package org.holdfast.console.monitor.internal;

/**
 * Something that is known.
 *
 * @param name what it is
 * @param value in words
 * @param before the same of the last good run, empty without one
 * @param change how it differs, empty where that tells nothing
 */
record Fact(String name, String value, String before, String change) {
}
