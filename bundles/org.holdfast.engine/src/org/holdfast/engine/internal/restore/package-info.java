/** Bringing recovery points back: walking the tree, writing files in parallel, dealing with what is there. */
package org.holdfast.engine.internal.restore;
