/** Locations, retries, uploads, permits and locks of Azure Blob storage. */
@NonNullByDefault
package org.holdfast.store.azure.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
