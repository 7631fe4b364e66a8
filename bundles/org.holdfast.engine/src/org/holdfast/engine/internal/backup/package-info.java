/** Making recovery points: walk, compare, read, store, commit. */
package org.holdfast.engine.internal.backup;
