/** Addresses, calls and failures of Key Vault. */
@NonNullByDefault
package org.holdfast.keys.azure.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
