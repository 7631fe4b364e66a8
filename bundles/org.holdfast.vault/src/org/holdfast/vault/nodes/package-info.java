/** Several nodes over one catalogue: who this one is, whose turn it is, what the others tell. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.nodes;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
