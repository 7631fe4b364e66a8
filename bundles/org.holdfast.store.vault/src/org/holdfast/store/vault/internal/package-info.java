/** Transfers, windows of bytes, the cache on disk. */
@NonNullByDefault
package org.holdfast.store.vault.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
