/**
 * What administrators do in a subscription of Azure: make the place in which a vault keeps its data, by a plan that is
 * shown first, and look after Recovery Services vaults with the servers that Microsoft's agent protects. The contract
 * only; who is signed in there is the business of the implementation.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.azure;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
