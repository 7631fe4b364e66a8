/** A blob store in a container of Azure Blob storage. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.store.azure;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
