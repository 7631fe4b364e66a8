package org.holdfast.simulation;

import java.util.List;

/**
 * Something that must never be.
 *
 * @param seed of the run that came to it
 * @param what it is
 * @param trace all that happened before, one line for each step
 */
public record Violation(long seed, String what, List<String> trace) {
}
