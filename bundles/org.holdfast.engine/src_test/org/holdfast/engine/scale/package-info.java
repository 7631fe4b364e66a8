/** Measures how the engine's memory grows with the number of files; not a test. */
package org.holdfast.engine.scale;
