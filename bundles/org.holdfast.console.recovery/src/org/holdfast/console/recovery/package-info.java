/**
 * The Recover perspective: find a file in any recovery point of a vault and get it back. Parts are plain classes that
 * the workbench injects; they share one session and do not know each other.
 */
@Version("1.0.0")
package org.holdfast.console.recovery;

import org.osgi.annotation.versioning.Version;
