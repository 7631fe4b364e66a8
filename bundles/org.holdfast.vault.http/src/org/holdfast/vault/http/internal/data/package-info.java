/** Routes of the data path: sessions, objects, commits, grants. */
@NonNullByDefault
package org.holdfast.vault.http.internal.data;

import org.eclipse.jdt.annotation.NonNullByDefault;
