/** Picks hosts out of what sources find. */
package org.holdfast.console.install.internal.pick;
