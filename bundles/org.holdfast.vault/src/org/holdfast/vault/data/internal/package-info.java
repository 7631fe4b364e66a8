/** How names are told apart and stores are kept open. */
@NonNullByDefault
package org.holdfast.vault.data.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
