/**
 * Restore drills: proof that a server's points can be restored, by restoring a sample of one into a scratch folder,
 * comparing it and deleting it.
 */
package org.holdfast.agent.internal.drill;
