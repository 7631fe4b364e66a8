/** The management of Azure with the identity of this program; see {@link org.holdfast.api.azure.AzureManagement}. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.azure.resources;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
