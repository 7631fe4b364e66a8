/** Routes of notifications. */
@NonNullByDefault
package org.holdfast.vault.http.internal.notify;

import org.eclipse.jdt.annotation.NonNullByDefault;
