/**
 * Whole vault nodes for tests and tools, without a framework: made of the same components as the product, by the same
 * annotations, on a loopback port and in a folder of their own.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.testkit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
