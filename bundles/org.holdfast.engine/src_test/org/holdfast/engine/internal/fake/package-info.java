/** A file system in memory that can be backed up and restored to, with everything that goes wrong with files at hand. */
package org.holdfast.engine.internal.fake;
