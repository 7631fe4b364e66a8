/** Nodes of an installation: who they are, whose turn it is, how they tell each other that something has changed. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.catalog.nodes;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
