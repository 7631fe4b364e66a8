/** A blob store in a directory. */
package org.holdfast.store.directory;
