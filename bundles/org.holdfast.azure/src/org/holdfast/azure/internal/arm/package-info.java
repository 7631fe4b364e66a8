/** Requests to the management of Azure, and what is built from them. */
@NonNullByDefault
package org.holdfast.azure.internal.arm;

import org.eclipse.jdt.annotation.NonNullByDefault;
