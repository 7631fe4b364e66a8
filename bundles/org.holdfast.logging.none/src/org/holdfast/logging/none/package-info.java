/**
 * Tells SLF4J that nobody reads what libraries log: a fragment for programs whose output belongs to a person, in a
 * framework as well as on a plain class path. Never beside {@code org.holdfast.logging}.
 */
package org.holdfast.logging.none;
