/** A file system in memory to back up and to restore to, with everything that goes wrong with files at hand. */
package org.holdfast.engine.internal.fake;
