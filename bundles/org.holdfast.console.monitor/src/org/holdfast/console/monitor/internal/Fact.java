package org.holdfast.console.monitor.internal;

/**
 * Something that is known.
 *
 * @param name what it is
 * @param value in words
 */
record Fact(String name, String value) {
}
