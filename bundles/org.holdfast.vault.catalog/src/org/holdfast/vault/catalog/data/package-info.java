/** Rows of the data path: servers with their fences, sessions, recovery points, grants. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.catalog.data;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
